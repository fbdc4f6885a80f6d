"""Says under which licences the program's packages are compiled in, and what their authors took from others."""

import re

COMMON = {
    "Apache-2.0": "the Apache License 2.0",
    "CC0-1.0": "the dedication to the public domain CC0 1.0",
}
# What lies in packages and is of other authors: whose, under what, and which file holds the words.
# None where they stand at the end, for all. The most particular place comes last, as Debian reads it.
TAKEN = {
    "swift-crypto/Sources/CCryptoBoringSSL": ("the BoringSSL authors, the OpenSSL project authors and others", "Apache-2.0", None),
    "swift-crypto/Sources/CXKCP": ("the authors of Keccak, who kept no rights", "CC0-1.0", None),
    "swift-crypto/Sources/CXKCP/FIPS202-opt64/brg_endian.h": (
        "Brian Gladman", "Gladman", "swift-crypto/Sources/CXKCP/FIPS202-opt64/brg_endian.h"),
    "swift-nio-ssl/Sources/CNIOBoringSSL": ("the BoringSSL authors, the OpenSSL project authors and others", "Apache-2.0", None),
    "swift-nio-extras/Sources/CNIOExtrasZlib": (
        "Jean-loup Gailly and Mark Adler", "Zlib", "swift-nio-extras/Sources/CNIOExtrasZlib/include/nioextras-zlib.h"),
    "swift-nio/Sources/CNIOAtomics/src/cpp_magic.h": ("Jonathan Heathcote and Thomas Nixon", "Expat", None),
    "swift-nio/Sources/CNIOLLHTTP": ("2018 Fedor Indutny", "Expat", None),
    "swift-nio/Sources/CNIOSHA1": ("WIDE Project", "BSD-3-clause", "swift-nio/Sources/CNIOSHA1/c_nio_sha1.c"),
}
# Where the words of a licence stand that has no place of its own on a Debian.
EXPAT = "swift-nio/Sources/CNIOLLHTTP/LICENSE"
# The line of an author who is that of the package.
OWN = re.compile(r"Apple Inc|Swift.* project authors|the above copyright", re.IGNORECASE)


def licence(folder):
    """The licence of a package, by the words of its file, and who holds the rights."""
    files = [file for file in folder.iterdir() if re.match(r"(?i)licen[cs]e", file.name)]
    if not files:
        raise SystemExit(f"{folder.name} says nothing of its licence")
    text = files[0].read_text(errors="replace")
    holder = re.search(r"(?m)^\s*Copyright \(c\) (.*?)\s*$", text, re.IGNORECASE)
    words = " ".join(text.split())
    if "Apache License" in words:
        return "its authors", "Apache-2.0", None
    if "Permission is hereby granted, free of charge" in words:
        return holder[1] if holder else "its authors", "Expat", text
    if "Redistribution and use in source and binary forms" in words:
        return holder[1] if holder else "its authors", "BSD-3-clause", text
    raise SystemExit(f"the licence of {folder.name} is not known: say what it is in {__file__}")


def words(source):
    """The terms in the comment of a source that speaks of them."""
    comments = re.findall(r"(?s)/\*.*?\*/", source.read_text(errors="replace"))
    comment = next(found for found in comments if re.search(r"(?i)redistribut", found))
    return "\n".join(line.strip(" \t/*-") for line in comment.splitlines())


def indented(text):
    return [f" {line.strip()}" if line.strip() else " ." for line in text.strip().splitlines()]


def paragraph(name, files, holder, licence, text):
    lines = [f"Files: compiled-in/{files}", f"Copyright: {holder}"]
    if text is None:
        return lines + [f"License: {licence}", ""]
    return lines + [f"License: {licence}-{name}", *indented(text), ""]


def unknown(checkouts):
    """Sources in C that somebody else wrote than the package's authors, and that TAKEN says nothing of."""
    for file in checkouts.glob("*/Sources/**/*"):
        place = str(file.relative_to(checkouts))
        if file.suffix in {".c", ".cc", ".cpp", ".h", ".S", ".inc"} and not any(place.startswith(known) for known in TAKEN):
            for line in file.read_text(errors="replace").splitlines():
                if re.search(r"(?i)copyright", line) and not OWN.search(line):
                    yield f"{place}: {line.strip()}"


def copyright_file(checkouts):
    """In the form that Debian's policy gives; what is compiled in is listed by name."""
    strangers = list(unknown(checkouts))
    if strangers:
        raise SystemExit(f"whose is it? Say so in {__file__}:\n" + "\n".join(strangers[:20]))
    lines = ["Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/",
             "Upstream-Name: Chapterhouse", "",
             "Files: *", "Copyright: the authors of Chapterhouse", "License: Apache-2.0", "",
             "Files: compiled-in/swift/*", "Copyright: Apple Inc. and the Swift project authors",
             "License: Apache-2.0", "Comment: the runtime of Swift, with its Runtime Library Exception.", ""]
    for folder in sorted(checkouts.iterdir()):
        if folder.is_dir():
            lines += paragraph(folder.name, f"{folder.name}/*", *licence(folder))
    for place, (holder, name, file) in TAKEN.items():
        source = checkouts / place
        if not source.exists():
            raise SystemExit(f"{place} is no more: take it out of {__file__}")
        files = f"{place}/*" if source.is_dir() else place
        short = re.sub(r"\W+", "-", source.name)
        lines += paragraph(short, files, holder, name, file and words(checkouts / file))
    for name, title in COMMON.items():
        lines += [f"License: {name}", f" On Debian systems, the full text of {title} is in", f" /usr/share/common-licenses/{name}.", ""]
    text = (checkouts / EXPAT).read_text()
    lines += ["License: Expat", *indented(text[text.index("Permission is hereby"):]), ""]
    return "\n".join(lines)


def notices(checkouts):
    """What the authors of compiled-in packages want to be said beside their licence."""
    files = sorted(file for file in checkouts.glob("*/NOTICE*") if file.is_file())
    return "\n\n".join(f"{file.parent.name}\n\n{file.read_text().strip()}" for file in files) + "\n"
