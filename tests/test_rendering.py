"""What a template does wrong is told at its file and line, in included files and macros too."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from projects import replace

from leafletpress.model.problems import LeafletError
from leafletpress.read.located.files import Files
from leafletpress.read.templates import read_report
from leafletpress.write.page import Page, Traced, make_page

FILES = {
    "page.html.j2": """\
{% import "report/shared/macros.html.j2" as shared %}
<style>
{% include "report/print.css" %}
</style>
<main>
{% for name in names %}
  <p>{{ name }}</p> {{ shared.line(name, 2) }}
{% endfor %}
</main>
""",
    "shared/macros.html.j2": """\
{# Lines. #}
{% macro line(name, count) %}
<i title="{{ name }}">{{ name | loud }}</i>
{% for number in range(count) %}
<hr id="{{ name }}-{{ number }}">
{% endfor %}
{% endmacro %}
""",
    "print.css": "p { color: red }\n\nh1 { color: {{ colour }} }\n",
}


def loud(text: str) -> str:
    return text.upper()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "templates" / "report" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "templates" / "report"


def page(folder: Path) -> Page:
    root = folder.parent.parent
    texts = dict(read_report(Files(root, root)))
    return make_page(texts, "report/page.html.j2", {"loud": loud}, {"colour": "blue"})


VALUES: Mapping[str, object] = {"names": ("ann", "bob")}


def problem(folder: Path) -> str:
    with pytest.raises(LeafletError) as caught:
        page(folder).render(**VALUES)
    (found,) = caught.value.problems
    return str(found)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("page.html.j2", "<main>", "<main>{{ nobody }}", "page.html.j2:5:1: 'nobody' is undefined"),
        ("page.html.j2", "{{ name }}", "{{ name.nick }}", "page.html.j2:7:1: 'str object' has no attribute 'nick'"),
        ("page.html.j2", "shared.line", "shared.lines", "page.html.j2:7:1: 'jinja2.environment.TemplateModule"),
        ("page.html.j2", "{% for", "{% four", "page.html.j2:6:1: not a template: Encountered unknown tag 'four'."),
        ("page.html.j2", "print.css", "prints.css", 'page.html.j2:3:1: template "report/prints.css" does not exist'),
        ("page.html.j2", "print.css", "../s.css", 'page.html.j2:3:1: template "report/../s.css" does not exist'),
        ("page.html.j2", "report/print.css", "/etc/passwd", 'page.html.j2:3:1: template "/etc/passwd" does not exist'),
        ("page.html.j2", "print.css", "page.html.j2", "page.html.j2:1:1: a macro or template calls itself without end"),
        ("shared/macros.html.j2", "| loud", "| louder", "shared/macros.html.j2:3:1: not a template: No filter named "),
        ("shared/macros.html.j2", "name | loud", "7 | loud", "shared/macros.html.j2:3:1: AttributeError: 'int' object"),
        ("shared/macros.html.j2", "range(count)", "range(name)", "shared/macros.html.j2:4:1: TypeError: 'str' object"),
        ("shared/macros.html.j2", "number }}", "1 // number }}", "shared/macros.html.j2:5:1: ZeroDivisionError: "),
        ("shared/macros.html.j2", "{% endfor %}", "", "shared/macros.html.j2:7:1: not a template: "),
        ("print.css", "{{ colour }}", "{{ color }}", "print.css:3:1: 'color' is undefined"),
        ("print.css", "{{ colour }}", "{{ colour", "print.css:3:1: not a template: "),
        ("print.css", "red", "r\ud800d", "print.css:1:13: this file is not UTF-8 text (save it with"),
    ],
    ids=["variable", "attribute", "macro", "tag", "include", "outside", "absolute", "without_end", "filter",
         "filter_fails", "argument", "arithmetic", "not_closed", "variable_in_css", "not_closed_in_css", "encoding"],
)  # fmt: skip
def test_a_fault_of_a_template_is_told_at_its_line(folder: Path, file: str, old: str, new: str, said: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode("utf-8", "surrogatepass"))
    assert problem(folder).startswith(f"templates/report/{said}")


def test_a_page_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(LeafletError, match=r'^templates: template "report/page\.html\.j2" does not exist$'):
        page(tmp_path / "templates" / "report")


def test_a_template_of_two_megabytes_is_not_read(folder: Path) -> None:
    with (folder / "print.css").open("a") as file:
        file.write(" " * 2_000_000)
    assert problem(folder).startswith("templates/report/print.css: the file has more than 2 MB")


def traced(folder: Path) -> Traced:
    return page(folder).trace(**VALUES)


def test_a_traced_page_is_the_page(folder: Path) -> None:
    assert traced(folder).text == page(folder).render(**VALUES)


@pytest.mark.parametrize(
    ("pattern", "place"),
    [
        ("<style>", "page.html.j2:2:1"),
        ("p { color", "print.css:1:1"),
        ("red", "print.css:1:12"),
        ("h1", "print.css:3:1"),
        ("</style>", "page.html.j2:4:1"),
        ("<p>", "page.html.j2:7:3"),
        ("</p>", "page.html.j2:7:16"),
        ("bob</p>", "page.html.j2:7:6"),
        ("title=", "shared/macros.html.j2:3:4"),
        ("<hr", "shared/macros.html.j2:5:1"),
        ("bob-1", "shared/macros.html.j2:5:9"),
        ("</main>", "page.html.j2:9:1"),
    ],
)
def test_each_character_of_a_page_is_traced_to_its_place(folder: Path, pattern: str, place: str) -> None:
    found = traced(folder)
    for match in re.finditer(re.escape(pattern), found.text):
        assert str(found.origin(match.start())) == f"templates/report/{place}"
    assert pattern in found.text


def test_a_page_is_traced_in_its_changed_templates(folder: Path) -> None:
    replace(folder / "print.css", "p {", "/* one\n   two */\np {")
    found = traced(folder)
    assert str(found.origin(found.text.index("red"))) == "templates/report/print.css:3:12"
