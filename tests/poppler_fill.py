"""Fills in fields of a PDF with poppler, for Debian's own Python: arguments are two files, then fields with texts."""

import sys
from pathlib import Path

import gi

gi.require_version("Poppler", "0.18")
from gi.repository import Poppler  # noqa: E402

source, target, *words = sys.argv[1:]
texts = dict(zip(words[::2], words[1::2], strict=True))
document = Poppler.Document.new_from_file(Path(source).as_uri(), None)
for number in range(document.get_n_pages()):
    for mapping in document.get_page(number).get_form_field_mapping():
        if mapping.field.get_name() in texts:
            mapping.field.text_set_text(texts[mapping.field.get_name()])
document.save(Path(target).as_uri())
