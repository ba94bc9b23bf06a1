"""PostgreSQL refuses to run as root: which user runs it, where its files then lie, and how its programs are called."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class User:
    """Who runs the server: ourselves, or `nobody` when we are root."""

    uid: int | None
    """None: ourselves."""
    gid: int | None
    cluster: Path
    """Folder of data, socket and log; 0700, owned by the user."""
    binaries: Path
    """PostgreSQL's programs, readable by the user."""

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.cluster / "data"

    @property
    def log(self) -> Path:
        """The server's log: starts and stops, and refused logins; never statements."""
        return self.cluster / "log"

    def socket_folder(self) -> str:
        """The 0700 folder of the Unix socket; empty (none) when its path is longer than a socket's may be."""
        return str(self.cluster) if len(str(self.cluster)) < 80 else ""

    def run(self, program: str, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run one of PostgreSQL's programs as this user. Its output goes through files, which a server may keep."""
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            done = subprocess.run(
                [str(self.binaries / program), *words],
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, text=True, check=False,
                cwd=self.cluster, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin", "HOME": str(self.cluster)},
                user=self.uid, group=self.gid, extra_groups=None if self.uid is None else [], umask=0o077,
            )  # fmt: skip
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, out.read(), err.read())


def user(folder: Path, binaries: Path) -> User:
    """The user that runs the server of `folder`, with its cluster folder made and its binaries within reach.

    As root: `nobody`. A folder that `nobody` cannot reach (/root, say) keeps its cluster under /var/lib/helhed
    instead (db/elsewhere says under what name), and binaries that it cannot reach are copied beside the cluster.
    """
    if os.geteuid() != 0:
        cluster = folder / "cluster"
        cluster.mkdir(mode=0o700, exist_ok=True)
        return User(None, None, cluster, binaries)
    nobody = pwd.getpwnam("nobody")
    cluster = folder / "cluster"
    if not _reachable(folder):
        name = folder / "elsewhere"
        if not name.is_file():
            write_private(name, secrets.token_hex(8))
        cluster = Path("/var/lib/helhed") / name.read_text()
    if not cluster.is_dir():
        cluster.mkdir(mode=0o700, parents=True)
        os.chown(cluster, nobody.pw_uid, nobody.pw_gid)
        if cluster.parent != folder:
            cluster.parent.chmod(0o755)
    if not _reachable(binaries):
        binaries = _copied(binaries, cluster.with_name(f"{cluster.name}-postgresql"))
    return User(nobody.pw_uid, nobody.pw_gid, cluster, binaries)


def write_private(path: Path, text: str, owner: int | None = None) -> None:
    """Write a file that only its owner (ourselves unless given) can read, whole or not at all."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(text)
    if owner is not None:
        os.chown(fresh, owner, -1)
    fresh.replace(path)


def _reachable(folder: Path) -> bool:
    """Whether anybody may go through the folder and all above it."""
    real = folder.resolve()
    return all(part.stat().st_mode & 0o001 for part in (real, *real.parents))


def _copied(binaries: Path, place: Path) -> Path:
    """A readable copy of a PostgreSQL installation (bin, lib, share; some 60 MB)."""
    if not (place / "bin" / "postgres").is_file():
        fresh = place.with_name(f"{place.name}.{os.getpid()}")
        for part in ("bin", "lib", "share"):
            shutil.copytree(binaries.parent / part, fresh / part, symlinks=True)
        fresh.chmod(0o755)
        fresh.rename(place)
    return place / "bin"
