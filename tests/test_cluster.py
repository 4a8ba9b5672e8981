"""Documents from a cluster are those from here, whoever of it is lost; workers that would write others are refused."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from threading import Timer

import pytest
from distributed import Client
from projects import CONDITION, ROOT, replace

from leafletpress.build.library import Project, Wanted
from leafletpress.build.run import Order, build
from leafletpress.build.workers import Pool
from leafletpress.build.workers import cluster as beyond
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.publish.files import OWN_FOLDER

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends signals of a POSIX machine")

PATIENCE = 120  # seconds; on an idle machine it takes a few
PAGES = Wanted(formats=("html",))
PRINTED = Wanted(locales=("en",), audiences=("patient",), formats=("pdf", "docx"))


class Cluster:
    """A scheduler and workers of this machine, each a process that ends by itself should nobody end it."""

    def __init__(self, folder: Path, failures: int) -> None:
        self._folder, self._file, self._failures = folder, folder / "scheduler.json", failures
        self._processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--idle-timeout", "10 minutes", "--no-dashboard"
        )

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        until = time.monotonic() + PATIENCE
        while not self._file.exists():
            assert self.scheduler.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        return str(json.loads(self._file.read_text())["address"])

    def worker(self, root: Path = ROOT) -> subprocess.Popen[bytes]:
        """A new worker that works with the checkout at `root`."""
        return self._start(
            "dask_worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "60",
            "--lifetime", "10 minutes", "--local-directory", str(self._folder), root=root,
        )  # fmt: skip

    def wait_for(self, count: int) -> None:
        """Wait until there are so many workers."""
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=PATIENCE)

    def stop(self) -> None:
        """End what has not ended."""
        for process in reversed(self._processes):
            process.kill()
            process.wait()

    def _start(self, program: str, *arguments: str, root: Path = ROOT) -> subprocess.Popen[bytes]:
        with (self._folder / f"{len(self._processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{program}", "--scheduler-file", str(self._file), *arguments],
                cwd=root,
                env={**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(self._failures)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._processes.append(process)
        return process


@pytest.fixture
def cluster(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """A scheduler without workers; its parameter is how many workers more a document may cost that has cost one."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    started = Cluster(folder, getattr(request, "param", 3))
    yield started
    started.stop()


def digest(project: Project, out: Path, workers: int | None = None, pool: Pool | None = None) -> str:
    """Of all files that two builds leave, with their paths."""
    for wanted in (PAGES, PRINTED):
        built = build(project, Order(wanted, out, "out", workers=workers), pool=pool)
        assert set(built.exit_codes) == {ExitCode.OK}
    found = sha256()
    files = sorted(path for path in out.rglob("*") if path.is_file() and OWN_FOLDER not in path.parts)
    assert len(files) == 11
    for path in files:
        found.update(f"{path.relative_to(out)} {sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()


def test_output_is_the_same_from_1_2_4_workers_and_from_a_cluster_that_loses_one(
    project: Project, tmp_path: Path, cluster: Cluster
) -> None:
    _, lost = cluster.worker(), cluster.worker()
    digests = [digest(project, tmp_path / "1", workers=1)]
    for count in (2, 4):
        with Pool(count) as pool:
            digests.append(digest(project, tmp_path / str(count), pool=pool))
    cluster.wait_for(2)
    with beyond.cluster_pool(cluster.address) as pool:
        lost.send_signal(signal.SIGSTOP)  # it takes jobs, and does none
        timer = Timer(1, lost.kill)
        timer.start()
        digests.append(digest(project, tmp_path / "cluster-out", pool=pool))
        timer.join()
        assert not pool.processes
    assert len(set(digests)) == 1


def test_workers_that_come_later_help_and_others_are_given_nothing(
    project: Project, tmp_path: Path, cluster: Cluster
) -> None:
    first = cluster.worker()
    cluster.wait_for(1)
    with beyond.cluster_pool(cluster.address) as pool:
        cluster.worker(other_checkout(tmp_path))
        cluster.worker()
        cluster.wait_for(3)
        first.kill()
        built = build(project, Order(PAGES, tmp_path / "out", "out"), pool=pool)
        assert not pool.processes
    assert [outcome.row is not None for outcome in built.outcomes] == [True] * 8


@pytest.mark.parametrize("cluster", [0], indirect=True)
def test_a_document_that_kills_its_worker_costs_itself_alone(
    project: Project, tmp_path: Path, kill: str, cluster: Cluster
) -> None:
    sheet = project.folder("templates") / "patient" / "screen.css"
    replace(sheet, "header {", f"{{% if handout.locale == 'ar' %}}{kill}{{% endif %}}header {{")
    cluster.worker()
    cluster.worker()
    cluster.wait_for(2)
    with beyond.cluster_pool(cluster.address, 1) as pool:
        built = build(project, Order(PAGES, tmp_path / "out", "out"), pool=pool)
    failed = [outcome for outcome in built.outcomes if not outcome.row]
    assert [outcome.document.path for outcome in failed] == [f"{CONDITION}/ar/{CONDITION}-patient-ar.html"]
    assert "the process that wrote it died" in str(failed[0].problems[0])
    assert len(built.outcomes) == 8


def test_a_lost_scheduler_is_told_and_the_rest_is_written_here(
    project: Project, tmp_path: Path, cluster: Cluster
) -> None:
    worker = cluster.worker()
    cluster.wait_for(1)
    said: list[str] = []
    with beyond.cluster_pool(cluster.address, 1, said.append) as pool:
        worker.send_signal(signal.SIGSTOP)
        timer = Timer(1, cluster.scheduler.kill)
        timer.start()
        built = build(project, Order(PAGES, tmp_path / "out", "out"), pool=pool)
    assert [outcome.row is not None for outcome in built.outcomes] == [True] * 8
    assert said == [f"{cluster.address} or its last worker is gone: the rest is written here"]


def other_checkout(tmp_path: Path) -> Path:
    """A checkout with other code, and without the Arabic font."""
    root = tmp_path / "other"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "leafletpress", root / "leafletpress", ignore=ignored)
    replace(root / "leafletpress" / "write" / "html" / "writer.py", '"""', '"""Otherwise. ')
    fonts = root / "node_modules" / "@expo-google-fonts"
    fonts.mkdir(parents=True)
    for family in (ROOT / "node_modules" / "@expo-google-fonts").iterdir():
        if family.name != "vazirmatn":
            (fonts / family.name).symlink_to(family)
    return root


def refused(address: str) -> list[str]:
    """The problems for which a cluster is not worked with."""
    with pytest.raises(LeafletError) as caught, beyond.cluster_pool(address):
        pass
    assert caught.value.exit_code == ExitCode.MISSING
    return [str(problem) for problem in caught.value.problems]


def test_workers_with_other_code_or_without_a_font_are_refused_with_all_that_differs(
    tmp_path: Path, cluster: Cluster
) -> None:
    (nobody,) = refused(cluster.address)
    assert nobody.startswith(f"--scheduler: {cluster.address} has no workers (start some: ")
    cluster.worker()
    cluster.worker(other_checkout(tmp_path))
    cluster.wait_for(2)
    problems = refused(cluster.address)
    said = [problem.partition(": ")[2].partition(" (")[0] for problem in problems]
    assert said[0].startswith("leafletpress/ is ")
    assert said[1:] == [f"the font Vazirmatn_{face} is missing there" for face in ("400Regular", "700Bold")]
    assert len({problem.partition(": ")[0] for problem in problems}) == 1


def test_workers_without_the_program_are_refused(tmp_path: Path, cluster: Cluster) -> None:
    cluster.worker(tmp_path)
    cluster.wait_for(1)
    (said,) = refused(cluster.address)
    assert "can't write leaflets: " in said
    assert "leafletpress" in said


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1", "nonsense://x", "tcp://127.0.0.1:x"])
def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(beyond, "CONNECTS", 0.5)
    (said,) = refused(address)
    assert said.startswith(f"--scheduler: no scheduler answers at {address} (")


def test_without_its_package_the_option_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['distributed'] = None; from leafletpress.cli.main import main;"
        "sys.exit(main(['build', '--scheduler', 'tcp://127.0.0.1:1']))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == ExitCode.MISSING
    assert done.stderr == ("--scheduler: a Python package is missing: distributed (install leafletpress[cluster])\n")


def test_a_pool_keeps_its_workers_from_one_build_to_the_next(project: Project, tmp_path: Path) -> None:
    with Pool(2) as pool:
        for _ in range(2):
            build(project, Order(PAGES, tmp_path / "out", "out"), pool=pool)
            assert len(pool.processes) == 2
