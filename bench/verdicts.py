"""Figures beside what is wanted of them, each with a plain mark."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Verdicts:
    """Prints figures as they come and keeps the names of those that miss."""

    missed: list[str] = field(default_factory=list)
    passed: int = 0

    def share(self, name: str, value: float, wanted: float, note: str = "") -> None:
        """A figure that is to be at least ``wanted``."""
        self.told(name, f"{value:.4f}", f"≥ {wanted:g}", value >= wanted, note)

    def told(self, name: str, value: str, wanted: str, ok: bool, note: str = "") -> None:
        """A figure in words, with whether it is as wanted."""
        print(f"  {'pass  ' if ok else 'MISSED'}  {name:58} {value:>22}  wanted {wanted}{'; ' + note if note else ''}")
        self.passed += ok
        self.missed += [] if ok else [name]

    def left_out(self, name: str, why: str) -> None:
        """A figure that cannot be had here counts as missed, for nothing shows it."""
        self.told(name, "not measured", "a figure", False, why)

    def summary(self) -> str:
        missed = f"missed: {', '.join(self.missed)}" if self.missed else "none missed"
        return f"{self.passed} of {self.passed + len(self.missed)} figures as wanted; {missed}"
