"""The page of the peers benchmark: picture by picture, so that a mean hides no loss."""

from __future__ import annotations

from tests.benchmarks.quality.peers_report import table


def row(image: str, method: str, learned_from: str, psnr_db: float) -> dict[str, str]:
    figures = {"psnr_db": f"{psnr_db}", "ssim": "0.9", "seconds": "1", "setting": "", "time": ""}
    return {"set": "Some/x2", "image": image, "method": method, "learned_from": learned_from, **figures}


def test_zssr_stands_against_the_best_network_of_the_same_pictures():
    rows = [
        row("a", "ZSSR", "this picture", 31.0),
        row("b", "ZSSR", "this picture", 30.0),
        *(row(image, "Good", "outside pictures", 30.5) for image in "ab"),
        *(row(image, "Better", "outside pictures, to please", 30.6) for image in "ab"),
        row("a", "Of one picture alone", "outside pictures", 40.0),
        *(row(image, "Rule", "this picture", 50.0) for image in "ab"),
    ]
    *_, told = table(rows, {"ideal": {}}).splitlines()
    assert told == (
        "ZSSR: better than Better, the best of the networks on these pictures, on 1 of 2; from -0.60 to +0.40 dB, "
        "-0.10 on the mean."
    )


def test_without_zssr_or_without_networks_nothing_is_told():
    assert table([row("a", "ZSSR", "this picture", 31.0)], {"ideal": {}}).splitlines()[-1].startswith("| ZSSR |")
    alone = [row("a", "Good", "outside pictures", 31.0)]
    assert table(alone, {"ideal": {}}).splitlines()[-1].startswith("| Good |")
