"""A template is text of a project and no program: it can't reach what is behind a value, nor change it."""

import pytest

from leafletpress.model.problems import LeafletError
from leafletpress.write.page import make_page

REACHING = (
    "{{ ''.__class__.__mro__ }}",
    "{{ words.append.__globals__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].environ }}",
    "{{ ''|attr('__class__') }}{{ (''|attr('__class__')).__mro__ }}",
    "{{ '{0.__class__.__mro__}'.format('') }}{{ ''.__class__.__base__ }}",
    "{{ words.append('more') }}",
    "{{ words.clear() }}",
    "{{ table.update({'a': 1}) }}",
    "{% for number in range(10000000) %}{{ number }}{% endfor %}",
)
OUTSIDE = (
    '{% include "../secret.css" %}',
    '{% include "/etc/passwd" %}',
    '{% include "https://example.org/x.css" %}',
    '{% import "patient/../../secret" as secret %}',
    '{% extends "file:///etc/passwd" %}',
)


def rendered(text: str) -> str:
    page = make_page({"patient/page.html.j2": text}, "patient/page.html.j2", {}, {})
    return page.render(words=["one"], table={"a": 0})


@pytest.mark.parametrize("text", REACHING)
def test_a_template_reaches_nothing_behind_its_values(text: str) -> None:
    with pytest.raises(LeafletError, match=r"templates/patient/page\.html\.j2:1"):
        rendered(text)


@pytest.mark.parametrize("text", OUTSIDE)
def test_a_template_takes_in_no_other_files(text: str) -> None:
    with pytest.raises(LeafletError, match="does not exist"):
        rendered(text)


def test_a_template_may_do_what_pages_need() -> None:
    assert rendered("{% for word in words %}{{ word | upper }}{{ loop.index }}{% endfor %}{{ table.a }}") == "ONE10"
