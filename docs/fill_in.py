"""Fills in a Word leaflet: python docs/fill_in.py LEAFLET.docx FILLED.docx "name=Łukasz Nowak" next_visit=2026-12-24"""

import sys
import zipfile
from xml.sax.saxutils import escape

source, target, *values = sys.argv[1:]
with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
    for member in old.namelist():
        content = old.read(member).decode("utf-8", "surrogateescape")
        if 'xmlns="urn:leafletpress:form"' in content:
            for name, value in (one.split("=", 1) for one in values):
                content = content.replace(f"<{name}/>", f"<{name}>{escape(value)}</{name}>")
        new.writestr(member, content.encode("utf-8", "surrogateescape"))
