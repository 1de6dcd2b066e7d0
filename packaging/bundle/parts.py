"""`python packaging/bundle/parts.py BUNDLE` writes what a bundle is made of into it: a bill of materials and licences.

`bom.cdx.json` is in the form of CycloneDX; `licences/` holds a text for each part. The bundle stands beside the folder
`pyinstaller` that it was made in, which knows where each file came from.
"""

from __future__ import annotations

import argparse
import ast
import os
import platform
import re
import subprocess
import sys
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

PROGRAM = "zssr-studio"
TEXTS = re.compile(r"(?i)(licen[cs]e|copying|notice|copyright|authors)")
SYSTEM_FOLDERS = ("/lib", "/usr/lib")


@dataclass(frozen=True)
class Part:
    """A part of the bundle: its name and version, where it is published, and under which terms."""

    name: str
    version: str
    kind: str  # of a package URL: pypi, deb, generic
    licence: str
    text: str


def python_parts(bundle: Path) -> list[Part]:
    """Return the distributions whose metadata lies in the bundle."""
    return [_distribution_part(found) for found in distributions(path=[str(bundle / "_internal")])]


def _distribution_part(found: Distribution) -> Part:
    metadata = found.metadata
    classified = [
        one.rsplit(" :: ")[-1] for one in metadata.get_all("Classifier") or () if one.startswith("License ::")
    ]
    named = metadata.get("License-Expression") or metadata.get("License") or " OR ".join(classified)
    # A field that is longer holds a text instead of a name.
    short = named.strip().splitlines()[0][:120] if named.strip() else "unknown"
    folder = Path(str(found._path))  # type: ignore[attr-defined]  # public in no other way
    texts = [path.read_text(errors="replace") for path in sorted(folder.rglob("*")) if _is_text(path)]
    if not texts and "LGPL-3" in short:  # PySide6 and shiboken6 name it only; it stands on the GPL
        texts = [Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("LGPL-3.txt", "GPL-3.txt")]
    return Part(metadata["Name"], found.version, "pypi", short, "\n\n".join(texts))


def _is_text(path: Path) -> bool:
    return path.is_file() and (TEXTS.match(path.name) is not None or path.parent.name == "licenses")


def python_itself() -> Part:
    """Return Python and its standard library."""
    version = platform.python_version()
    homes = [Path(os.__file__).with_name("LICENSE.txt"), *Path("/usr/share/doc").glob("python3*/copyright")]
    text = next((path.read_text(errors="replace") for path in homes if path.is_file()), "")
    return Part("Python", version, "generic", "PSF-2.0", text)


def system_parts(collected: Path) -> list[Part]:
    """Return the packages of the system whose libraries were taken; PyInstaller wrote down where each came from."""
    entries = ast.literal_eval(collected.read_text(encoding="utf-8"))[0]
    sources = {Path(source).resolve() for _, source, kind in entries if kind == "BINARY" and _is_of_system(source)}
    packages = {_package_of(path) for path in sources}
    return [_system_part(name) for name in sorted(packages)]


def _is_of_system(source: str) -> bool:
    return source.startswith(SYSTEM_FOLDERS) and "/python3" not in source


def _package_of(path: Path) -> str:
    # Merged /usr: a package may name its file under /lib still.
    for place in (path, Path(str(path).removeprefix("/usr"))):
        done = subprocess.run(["dpkg", "-S", str(place)], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    raise SystemExit(f"{path} is in the bundle and in no package of this system, so its licence is not known.")


def _system_part(name: str) -> Part:
    version = _told("dpkg-query", "-W", "-f", "${Version}\n", name)
    text = Path("/usr/share/doc", name, "copyright").read_text(errors="replace")
    named = sorted(set(re.findall(r"(?m)^License: *(\S[^\n]*)", text)))
    return Part(name, version, "deb", " AND ".join(named)[:120] or "see its text", text)


def _told(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]


def bill(parts: list[Part], made: datetime) -> str:
    """Return the bill of materials, the same for the same parts and time."""
    factory = LicenseFactory()
    bom = Bom()
    for part in parts:
        space = "debian" if part.kind == "deb" else None
        component = Component(
            name=part.name,
            version=part.version,
            type=ComponentType.LIBRARY,
            licenses=[factory.make_from_string(part.licence)],
            purl=PackageURL(part.kind, space, part.name, part.version),
        )
        component.bom_ref.value = f"{part.kind}:{part.name}"
        if part.name == PROGRAM:
            bom.metadata.component = component
        else:
            bom.components.add(component)
    bom.register_dependency(bom.metadata.component, bom.components)
    bom.metadata.timestamp = made
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, " ".join(f"{part.name}={part.version}" for part in parts))
    return JsonV1Dot6(bom).output_as_string(indent=1)


def main() -> None:
    """Write both into the bundle."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundle", type=Path)
    bundle = parser.parse_args().bundle
    parts = [*python_parts(bundle), python_itself()]
    if sys.platform.startswith("linux"):
        parts += system_parts(bundle.parents[1] / "pyinstaller" / "zssr-studio" / "COLLECT-00.toc")
    parts.sort(key=lambda part: (part.name != PROGRAM, part.name.casefold()))
    folder = bundle / "licences"
    folder.mkdir(exist_ok=True)
    for part in parts:
        said = part.text or "The part carries no text of its licence beside its name.\n"
        title = f"{part.name} {part.version}\nLicence: {part.licence}\n\n"
        (folder / f"{part.name}.txt").write_text(title + said, encoding="utf-8")
    made = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC)
    (bundle / "bom.cdx.json").write_text(bill(parts, made), encoding="utf-8")
    without = [part.name for part in parts if not part.text]
    sys.stderr.write(f"{len(parts)} parts; without a text of their licence: {', '.join(without) or 'none'}\n")


if __name__ == "__main__":
    main()
