"""Whatever stops a build, what the manifest lists is there and right, and the next build finishes the work."""

import errno
import hashlib
import io
import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from projects import CONDITION, composed, replace

from leafletpress.build.library import Project, Wanted
from leafletpress.build.run import Order, build
from leafletpress.model.document import Document
from leafletpress.model.handout import Handout
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.publish.lock import Lock
from leafletpress.publish.manifest import load
from leafletpress.publish.output import Output

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="forks, and sends signals of a POSIX machine"),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]

SITE = "north"
KILLS = 50
SEED = 20260


@pytest.fixture(scope="module")
def handout(shared_project: Project) -> Handout:
    return composed(shared_project, "en", "patient").handout


def document(name: str, format_: str = "html") -> Document:
    return Document(name, "en", "patient", "a4", format_)


def rows(folder: Path) -> dict[str, str]:
    """What the manifest lists as built: paths and digests, each looked at. Fails where one is not there and right."""
    path = folder / "manifest.json"
    if not path.exists():
        return {}
    _, found = load(path.read_text(encoding="utf-8"))
    listed = {row.path: str(row.sha256) for row in found.values() if row.path}
    for name, digest in listed.items():
        content = (folder / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest, f"torn: {name}"
    assert {row.bytes for row in found.values() if row.path is None} <= {None}
    return listed


def files(folder: Path) -> dict[str, bytes]:
    """All that can be seen; what the program keeps for itself stands in a hidden folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] != ".leafletpress"
    }


def digest(folder: Path) -> str:
    """One digest of the whole folder."""
    whole = hashlib.sha256()
    for name, content in files(folder).items():
        whole.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    return whole.hexdigest()


# --- every single call of the file system -----------------------------------------------------------------------------


def earlier_build(folder: Path, handout: Handout) -> None:
    """What stood in the folder before: of five documents one stays, two change, one is withheld, one goes."""
    output = Output(folder, "out", SITE)
    for name in ("stays", "changes", "changes-too", "withheld", "goes"):
        output.publish(document(name), handout, f"{name}: earlier".encode() * 50)
    output.close()


def later_build(folder: Path, handout: Handout) -> None:
    """What comes of it, with a new document, and one without a row."""
    with Lock(folder, "out") as lock:
        lock.take()
        output = Output(folder, "out", SITE)
        try:
            output.retire(lambda found: found.condition != "goes", prune=True, release=True)
            output.withhold(document("withheld"), handout, "1 missing")
            output.publish(document("stays"), handout, b"stays: earlier" * 50)
            for name in ("changes", "changes-too", "new"):
                output.publish(document(name), handout, f"{name}: later".encode() * 70)
            output.publish(document("pseudo"), handout, b"pseudo: later", listed=False)
        finally:
            output.close()


class _Watched:
    """A file open for writing, whose writes are calls too; one that fails has written half."""

    def __init__(self, file: Any, call: Callable[[str], None]) -> None:
        self._file, self._call = file, call

    def write(self, content: Any) -> int:
        try:
            self._call("write")
        except OSError:
            self._file.write(content[: len(content) // 2])
            self._file.flush()
            raise
        return int(self._file.write(content))

    def __enter__(self) -> "_Watched":
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


CALLS = ("replace", "rename", "fsync", "unlink", "mkdir", "rmdir", "open", "write", "ftruncate")


@contextmanager
def calls(call: Callable[[str], None]) -> Iterator[None]:
    """Have `call` asked before each call that changes something on the disk; it may raise, or end the process."""
    with pytest.MonkeyPatch.context() as patched:
        for name in CALLS:
            real = getattr(os, name)

            def watched(*arguments: Any, name: str = name, real: Any = real, **named: Any) -> Any:
                if name != "open" or arguments[1] & os.O_CREAT:
                    call(name)
                return real(*arguments, **named)

            patched.setattr(os, name, watched)
        real_open = io.open

        def opened(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
            if not set(mode) & set("wax+"):
                return real_open(file, mode, *arguments, **named)
            call("open for writing")
            return _Watched(real_open(file, mode, *arguments, **named), call)

        patched.setattr(io, "open", opened)
        yield


def count(folder: Path, handout: Handout) -> list[str]:
    """The calls of the later build."""
    made: list[str] = []
    with calls(made.append):
        later_build(folder, handout)
    return made


class Scene:
    """A folder as the earlier build left it, as often as it is wanted, and what a later one should make of it."""

    def __init__(self, root: Path, handout: Handout) -> None:
        self.root, self.handout = root, handout
        earlier_build(root / "earlier", handout)
        shutil.copytree(root / "earlier", root / "later")
        self.calls = count(root / "later", handout)
        self.before, self.after = files(root / "earlier"), files(root / "later")
        self._copies = 0

    def fresh(self) -> Path:
        """A folder as the earlier build left it."""
        self._copies += 1
        return Path(shutil.copytree(self.root / "earlier", self.root / f"copy{self._copies}"))

    def check(self, folder: Path, where: str) -> None:
        """After a build was stopped: nothing torn, nothing lost; and the next build finishes the work."""
        rows(folder)
        self._nothing_lost(folder, where)
        Output(folder, "out", SITE).close()  # even a build of nothing else brings back what was to be listed
        listed = rows(folder)
        assert {document(name).path for name in ("stays", "changes", "changes-too")} <= listed.keys(), where
        self._nothing_lost(folder, where)
        later_build(folder, self.handout)
        assert files(folder) == self.after, where
        assert [path.name for path in folder.iterdir() if path.name.startswith(".")] in ([], [".leafletpress"])
        assert not (folder / ".leafletpress" / "unfinished").exists(), where

    def _nothing_lost(self, folder: Path, where: str) -> None:
        found = files(folder)
        for name in ("stays", "changes", "changes-too"):
            assert document(name).path in found, where
        for path, content in found.items():
            if path != "manifest.json":
                assert content in (self.before.get(path), self.after.get(path)), f"torn: {path} {where}"


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory, handout: Handout) -> Scene:
    return Scene(tmp_path_factory.mktemp("scene"), handout)


def in_a_child(work: Callable[[], object]) -> int:
    """The exit code of a process of its own; 77 when it ends with an exception."""
    child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(77)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def refused(work: Callable[[], object]) -> LeafletError | None:
    """What the work ends with, if it ends with a refusal."""
    try:
        work()
    except LeafletError as error:
        return error
    return None


def test_the_faults_reach_every_kind_of_call(scene: Scene) -> None:
    kinds = Counter(scene.calls)
    assert kinds.keys() >= {"replace", "fsync", "unlink", "mkdir", "rmdir", "open", "write", "open for writing"}
    assert len(scene.calls) > 60


def test_a_kill_before_any_call_leaves_nothing_torn_or_lost(scene: Scene) -> None:
    for stop in range(len(scene.calls)):
        folder = scene.fresh()
        passed = 0

        def kill(_name: str, stop: int = stop) -> None:
            nonlocal passed
            if passed == stop:
                os._exit(9)
            passed += 1

        def killed(folder: Path = folder, kill: Callable[[str], None] = kill) -> None:
            with calls(kill):
                later_build(folder, scene.handout)

        assert in_a_child(killed) == 9
        scene.check(folder, f"killed before call {stop}, {scene.calls[stop]}")


@pytest.mark.parametrize(
    ("error", "lasting"),
    [(errno.ENOSPC, False), (errno.ENOSPC, True), (errno.EIO, False), (errno.EROFS, True)],
    ids=["disk_full_once", "disk_full", "disk_fault", "read_only_from_then_on"],
)
def test_a_call_that_fails_is_told_and_leaves_nothing_torn_or_lost(scene: Scene, error: int, lasting: bool) -> None:
    untold = []
    for stop, name in enumerate(scene.calls):
        folder = scene.fresh()
        passed = 0

        def fail(called: str, stop: int = stop) -> None:
            nonlocal passed
            passed += 1
            frees = called in ("unlink", "rmdir") and error == errno.ENOSPC
            if passed == stop + 1 or (lasting and passed > stop and not frees):
                raise OSError(error, os.strerror(error))

        with calls(fail):
            told = refused(lambda folder=folder: later_build(folder, scene.handout))  # type: ignore[misc]
        if told:
            assert told.exit_code == ExitCode.MISSING
            assert "can't be written" in str(told)
        else:
            untold.append(name)
            assert files(folder) == scene.after
        scene.check(folder, f"{errno.errorcode[error]} at call {stop}, {name}")
    # What fails without harm: an empty folder, or the file of a lock that nobody holds any more, stays; a folder that
    # is to be made is there already.
    assert set(untold) <= {"rmdir", "unlink", "ftruncate", "mkdir"}


def test_whoever_reads_the_manifest_in_the_middle_of_a_build_finds_it_right(scene: Scene) -> None:
    folder = scene.fresh()
    seen: list[int] = []
    with calls(lambda _name: seen.append(len(rows(folder)))):
        later_build(folder, scene.handout)
    assert len(seen) == len(scene.calls)
    assert (seen[0], min(seen), seen[-1]) == (5, 1, 4)


def test_the_manifest_is_written_at_most_twice_however_many_documents_there_are(scene: Scene) -> None:
    assert (
        scene.calls.count("replace") == 3 + 1 + 2 + 2
    )  # files that change, one without a row, the list of these, the manifest


# --- real builds, killed at random moments ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def versions(shared_project: Project, tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Project]:
    """The same project twice; between them every document changes."""
    later = Project(Path(shutil.copytree(shared_project.root, tmp_path_factory.mktemp("later") / "project")))
    replace(later.folder("leaflets") / f"{CONDITION}.yaml", 'version: "1.2"', 'version: "1.3"')
    return shared_project, later


REAL = Wanted(locales=("en", "es"), formats=("html", "docx"))


def real_build(project: Project, folder: Path) -> None:
    with Lock(folder, "out") as lock:
        build(project, Order(REAL, folder, "out", workers=1), lock=lock)


def on_a_slow_disk(project: Project, folder: Path) -> None:
    """A build on a disk that takes its time, so that a good part of the moments falls into publishing."""
    with calls(lambda _name: time.sleep(0.004)):
        real_build(project, folder)


def test_builds_killed_at_random_moments_tear_and_lose_nothing(
    versions: tuple[Project, Project], tmp_path: Path
) -> None:
    digests = []
    for number, project in enumerate(versions):
        real_build(project, tmp_path / str(number))
        digests.append(digest(tmp_path / str(number)))
    folder = tmp_path / "out"
    real_build(versions[0], folder)
    began = time.monotonic()
    assert in_a_child(lambda: on_a_slow_disk(versions[1], tmp_path / "measured")) == 0
    whole = time.monotonic() - began
    moments, met = random.Random(SEED), Counter[str]()
    rounds = standing = 0
    while met["killed"] < KILLS:
        rounds += 1
        wanted, moment = rounds % 2, moments.uniform(0, whole)
        child = os.fork()
        if not child:
            try:
                on_a_slow_disk(versions[wanted], folder)
            finally:
                os._exit(0)
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL:
            met["killed"] += 1
        else:  # the machine has become faster: this moment was after the end
            met["done before"] += 1
            whole = moment
        unfinished = (folder / ".leafletpress" / "unfinished" / "journal").exists()
        met["while publishing"] += unfinished
        met["between two manifests"] += len(rows(folder)) < 8
        assert len(files(folder)) == 8 + 1, f"round {rounds}: files lost or left over"
        standing += len(rows(folder))
        real_build(versions[wanted], folder)
        assert len(rows(folder)) == 8
        assert digest(folder) == digests[wanted], f"round {rounds}: the next build did not finish the work"
    figures = f"{rounds * 8} files looked at, {standing} listed at once; torn or lost: 0"
    print(f"seed {SEED}: {dict(met)}; {figures}")  # noqa: T201 - the figures
    assert met["while publishing"] >= 10


# --- disks that are really full, small or locked ----------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of 272 KB; only root can have one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = _mount("-t", "tmpfs", "-o", "size=272k", "tmpfs", str(place))
    if made.returncode:
        pytest.skip(f"no file system can be mounted here: {made.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def _mount(*arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(["mount", *arguments], capture_output=True, encoding="utf-8", check=False)
    except FileNotFoundError:
        return subprocess.CompletedProcess(arguments, 1, "", "there is no mount")


def publish(folder: Path, handout: Handout, contents: dict[str, bytes]) -> None:
    output = Output(folder, "out", SITE)
    try:
        for name, content in contents.items():
            output.publish(document(name), handout, content)
    finally:
        output.close()


def test_a_full_disk_is_told_and_the_next_build_finishes_the_work(small_disk: Path, handout: Handout) -> None:
    folder = small_disk / "out"
    earlier = {f"leaflet-{number}": b"e" * 10_000 for number in range(10)}
    later = dict.fromkeys(earlier, b"l" * 20_000)
    publish(folder, handout, earlier)
    with pytest.raises(LeafletError, match="No space left on device") as caught:
        publish(folder, handout, later)
    assert caught.value.exit_code == ExitCode.MISSING
    assert "make room and run the same command again: nothing is lost" in str(caught.value)
    assert len(rows(folder)) == 10
    sizes = Counter(len(content) for name, content in files(folder).items() if name != "manifest.json")
    assert sizes.keys() == {10_000, 20_000}
    assert _mount("-o", "remount,size=4m", str(small_disk)).returncode == 0
    publish(folder, handout, later)
    assert len(rows(folder)) == 10
    assert {len(content) for name, content in files(folder).items() if name != "manifest.json"} == {20_000}


def test_a_disk_that_can_only_be_read_is_told_and_stays_as_it_was(small_disk: Path, handout: Handout) -> None:
    folder = small_disk / "out"
    publish(folder, handout, {"leaflet": b"earlier"})
    before = files(folder)
    assert _mount("-o", "remount,ro", str(small_disk)).returncode == 0
    for attempt in (lambda: Lock(folder, "out").take(), lambda: publish(folder, handout, {"leaflet": b"later"})):
        with pytest.raises(LeafletError, match="can't be written: Read-only file system") as caught:
            attempt()
        assert caught.value.exit_code == ExitCode.MISSING
    assert files(folder) == before


def test_a_file_larger_than_the_machine_allows_is_told(tmp_path: Path, handout: Handout) -> None:
    resource = pytest.importorskip("resource")
    publish(tmp_path, handout, {"leaflet": b"earlier"})
    before = files(tmp_path)

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        with pytest.raises(LeafletError, match="File too large"):
            publish(tmp_path, handout, {"leaflet": b"l" * 5000})

    assert in_a_child(work) == 0
    assert files(tmp_path) == before
    assert len(rows(tmp_path)) == 1


# --- several builds at once -------------------------------------------------------------------------------------------


def test_of_builds_that_crowd_into_one_folder_one_works_at_a_time(tmp_path: Path, handout: Handout) -> None:
    folder, inside = tmp_path / "out", tmp_path / "inside"
    tries, builders = 12, 3
    children = []
    for builder in range(builders):
        child = os.fork()
        if not child:
            try:
                for number in range(tries):
                    crowd(folder, inside, handout, f"{builder}.{number}".encode() * 1000)
                os._exit(0)
            finally:
                os._exit(77)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * builders
    assert rows(folder).keys() == {document(name).path for name in ("one", "two")}
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "one", "two"]


def crowd(folder: Path, inside: Path, handout: Handout, content: bytes) -> None:
    """Build, as soon as one is let in."""
    while True:
        with Lock(folder, "out") as lock:
            if refused(lock.take):
                time.sleep(0.001)
                continue
            inside.touch(exist_ok=False)  # fails where another is inside
            publish(folder, handout, {"one": content, "two": content})
            inside.unlink()
            return
