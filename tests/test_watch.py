"""The watch builds what a saved file touches, tells what is wrong, and goes on."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from projects import CONDITION, ROOT, by_rote, catalog, replace

from leafletpress.build.library import Project, Wanted
from leafletpress.build.run import Build, Listener, Order
from leafletpress.build.watch import watch
from leafletpress.model.problems import LeafletError
from leafletpress.publish.lock import holder

PATIENCE = 60  # seconds; a round takes one or two


class Watched:
    """A watch at work in a thread of its own."""

    def __init__(self, project: Project, output: Path, wanted: Wanted) -> None:
        self.project, self.output = project, output
        self._stop = threading.Event()
        self._rounds: queue.Queue[Build | LeafletError] = queue.Queue()
        self._thread = threading.Thread(target=self._run, args=(wanted,))
        self._thread.start()

    def _run(self, wanted: Wanted) -> None:
        order = Order(wanted, self.output, "output", tell_gaps=True, workers=1)
        for round_ in watch(self.project, order, Listener(), stop=self._stop):
            self._rounds.put(round_)

    def round(self) -> Build | LeafletError:
        """What the next round gave."""
        return self._rounds.get(timeout=PATIENCE)

    def built(self) -> set[str]:
        """The documents that the next round built."""
        round_ = self.round()
        assert isinstance(round_, Build), round_
        return {outcome.document.path.rpartition("/")[2] for outcome in round_.outcomes if outcome.row}

    def stop(self) -> None:
        """Stop; nothing may be left in the queue that nobody saw."""
        self._stop.set()
        self._thread.join(timeout=PATIENCE)
        assert not self._thread.is_alive()

    def text(self, locale: str, audience: str = "patient") -> str:
        """The HTML page."""
        return (self.output / CONDITION / locale / f"{CONDITION}-{audience}-{locale}.html").read_text(encoding="utf-8")


@pytest.fixture
def watched(project: Project, tmp_path: Path) -> Iterator[Watched]:
    found = Watched(project, tmp_path / "output", Wanted(locales=("es", "ar"), formats=("html",)))
    yield found
    found.stop()


def test_the_first_round_builds_all_then_only_what_a_saved_file_touches(watched: Watched) -> None:
    assert len(watched.built()) == 4
    old, new = by_rote("es", "Only the patient reads this."), "Solo para pacientes."
    replace(catalog(watched.project, "es"), f'msgstr "{old}"', f'msgstr "{new}"')
    assert watched.built() == {f"{CONDITION}-patient-es.html"}
    assert new in watched.text("es")
    replace(catalog(watched.project, "es"), by_rote("es", "Between two boxes."), "Entre cajas.")
    assert watched.built() == {f"{CONDITION}-patient-es.html", f"{CONDITION}-clinician-es.html"}
    assert "Entre cajas." in watched.text("es", "clinician")


def test_a_file_saved_without_a_change_builds_nothing(watched: Watched) -> None:
    watched.round()
    path = catalog(watched.project, "es")
    path.write_bytes(path.read_bytes())
    assert watched.built() == set()


def test_problems_are_shown_the_old_page_stays_and_the_watch_goes_on(watched: Watched) -> None:
    watched.round()
    before = watched.text("es")
    path = catalog(watched.project, "es")
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace('bóxés."', "bóxés."), encoding="utf-8")
    round_ = watched.round()
    assert isinstance(round_, Build)
    assert any("not a line of a catalog" in str(problem) for problem in round_.problems)
    assert watched.text("es") == before
    site = watched.project.folder("sites") / "example-hospital.toml"
    there = site.read_text(encoding="utf-8")
    site.write_text("[name\n", encoding="utf-8")
    assert isinstance(watched.round(), LeafletError)
    site.write_text(there, encoding="utf-8")
    assert isinstance(watched.round(), Build)
    path.write_text(good.replace("twó bóxés", "cajas"), encoding="utf-8")
    assert watched.built() == {f"{CONDITION}-patient-es.html", f"{CONDITION}-clinician-es.html"}
    assert "cajas" in watched.text("es")


def test_a_changed_template_builds_its_audience_again(watched: Watched) -> None:
    watched.round()
    replace(watched.project.folder("templates") / "patient" / "screen.css", "header {", "/* seen */ header {")
    assert watched.built() == {f"{CONDITION}-patient-es.html", f"{CONDITION}-patient-ar.html"}
    assert "/* seen */" in watched.text("ar")


def test_what_editors_keep_beside_a_file_is_not_looked_at(watched: Watched) -> None:
    watched.round()
    path = catalog(watched.project, "es")
    for name in (f".{path.name}.swp", f"{path.name}~", f".{path.name}", "notes.txt"):
        path.with_name(name).write_text("x")
    replace(path, by_rote("es", "Between two boxes."), "Entre cajas.")
    assert len(watched.built()) == 2


@pytest.mark.skipif(os.name == "nt", reason="sends a signal of a POSIX machine")
def test_the_command_shows_each_round_and_stops_at_ctrl_c(tmp_path: Path) -> None:
    arguments = (
        "build",
        "--watch",
        "--locale",
        "en-XA",
        "--format",
        "html",
        "--jobs",
        "1",
        "--output",
        str(tmp_path / "o"),
    )
    watching = subprocess.Popen(
        [sys.executable, str(ROOT / "build_leaflets.py"), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    assert watching.stderr
    said: list[str] = []
    while not said or "waiting" not in said[-1]:
        said.append(watching.stderr.readline())
        assert said[-1], said
    assert said[0].endswith("patient-en_XA.html: built\n")
    assert said[-1] == "waiting for changes; Ctrl+C stops\n"
    assert str(holder(tmp_path / "o")).startswith(f"process {watching.pid} on ")
    os.killpg(watching.pid, signal.SIGINT)
    _, rest = watching.communicate(timeout=PATIENCE)
    assert (watching.returncode, rest) == (0, "")
    assert holder(tmp_path / "o") is None


def test_a_watch_is_never_for_release(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "build_leaflets.py"), "--watch", "--release", "--output", str(tmp_path / "o")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "--watch shows drafts" in done.stderr
