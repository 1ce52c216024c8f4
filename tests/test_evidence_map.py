"""The evidence map and the pages of groups, countries and organisations: what they count is what they open."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from types import SimpleNamespace
from typing import cast
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from PIL import Image

from corpus.catalogue import Catalogue
from corpus.home import Home
from corpus.model import Bibliography, Standing
from corpus.sources import OURS
from corpus.witness import witnesses
from index.answer import Answer, FacetValue, Request
from webapp import create_app
from webapp.drawings.world import NEAR_SHAPE, STEPS, near, shade, shapes, world
from webapp.evidence import BY, Cell, Counting


@pytest.fixture(scope="module")
def client(home: Home) -> FlaskClient:
    """A client of the application over the small real home."""
    return create_app(home).test_client()


def rows(client: FlaskClient, by: str) -> list[dict[str, str]]:
    data = client.get(f"/evidence/map.csv?by={by}").get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(data.removeprefix("\ufeff"))))


@pytest.mark.parametrize("by", BY)
def test_every_cell_opens_as_many_statements_as_it_counts(client: FlaskClient, by: str) -> None:
    """The page's links lead to searches with the very number that is told; cells without statements are no links."""
    page = client.get(f"/evidence?by={by}").get_data(as_text=True)
    cells = re.findall(r'<td><a href="([^"]+)">.*?<span class="num"[^>]*>(\d+)</span>.*?, (\d+) statement', page)
    counted = [row for row in rows(client, by) if row["programmes"] != "0"]
    assert len(cells) == len(counted)
    for address, programmes, statements in cells:
        answer = client.get(
            address.replace("&amp;", "&").replace("/statements?", "/api/v1/search?in=statements&")
        ).get_json()
        assert answer["total"] == int(statements)
        assert 1 <= int(programmes) <= len(answer["facets"]["doc"])


def test_one_programme_in_two_documents_counts_once(client: FlaskClient) -> None:
    """No cell has more programmes than the home has witnesses."""
    most = len(set(client.application.extensions["fingerpost"].catalogue.witness_of().values()))
    assert all(int(row["programmes"]) <= most for row in rows(client, "kind"))


def test_what_we_wrote_ourselves_is_no_programme() -> None:
    """A brief of ours beside a report counts nothing, nor is it somebody from outside; alone it makes no cell."""
    cards = [
        Bibliography(id="report", title="A report", programme="Harbour", standing=Standing.IMPLEMENTER),
        Bibliography(id="brief", title="A brief", programme=OURS, standing=Standing.RESEARCH),
    ]
    said_by = {"lesson": ("report", "brief"), "challenge": ("brief",)}

    def search(request: Request) -> Answer:
        kinds = request.filters.get("kind", tuple(said_by))
        found = Counter(doc for kind in kinds for doc in said_by.get(kind, ()))
        facets = {
            "doc": tuple(FacetValue(value=doc, label=doc, count=n) for doc, n in found.items()),
            "kind": tuple(FacetValue(value=kind, label=kind, count=len(said_by[kind])) for kind in kinds),
        }
        return Answer(query="", interpreted="", total=found.total(), facets=facets)

    catalogue = cast(Catalogue, SimpleNamespace(cards=lambda: cards, witness_of=lambda: witnesses(cards)))
    for cells in Counting(search, catalogue).matrix("kind").cells.values():
        assert cells == {"lesson": Cell(statements=2, programmes=1, outside=False, kind="lesson")}


def test_the_map_is_a_picture_too(client: FlaskClient) -> None:
    """SVG that is well formed and has a circle for each cell; PNG of twice its size; bad values are told."""
    svg = client.get("/evidence/map.svg")
    tree = ElementTree.fromstring(svg.data)
    circles = tree.findall("{http://www.w3.org/2000/svg}circle")
    assert svg.mimetype == "image/svg+xml"
    assert len(circles) == len(rows(client, "kind"))
    png = Image.open(io.BytesIO(client.get("/evidence/map.png").data))
    assert png.size == (2 * int(tree.attrib["width"]), 2 * int(tree.attrib["height"]))
    refused = client.get("/evidence?by=colour")
    assert refused.status_code == 400
    assert "kind, group, country" in refused.get_data(as_text=True)


def test_countries_are_drawn_by_how_much_there_is() -> None:
    """The most is darkest, what is not there is land, what is too small is named."""
    drawn = world({"ET": 9, "MA": 2, "NP": 1, "MV": 1, "FR": 0})
    shades = {one.code: one.shade for one in drawn.countries}
    assert shades == {"ET": STEPS, "MA": shade(2, 9), "NP": 1}
    assert drawn.not_drawn == ("MV",)
    assert shapes().paths["FR"] in drawn.land
    assert shapes().paths["ET"] not in drawn.land


def test_borders_are_those_of_the_united_nations() -> None:
    """Western Sahara and Kosovo have shapes of their own, and Crimea belongs to Ukraine's."""
    assert {"EH", "XK"} <= set(shapes().paths)
    assert shapes().paths["UA"].count("M") == 2


@pytest.mark.parametrize("place", ["themes", "groups", "countries", "organisations"])
def test_lists_lead_to_pages_that_say_what_is_known(client: FlaskClient, place: str) -> None:
    """Every value of a list has its page, with as much as the list tells; what does not exist is told."""
    listed = client.get(f"/{place}").get_data(as_text=True)
    addresses = set(re.findall(rf'href="(/{place}/[^"]+)"', listed))
    assert addresses
    for address in sorted(addresses)[:8]:
        page = client.get(address)
        assert page.status_code == 200
        assert "That does not mean that nothing is known" in page.get_data(as_text=True)
    assert client.get(f"/{place}/no-such-thing").status_code == 404


@pytest.mark.parametrize("codes", [("LU",), ("MA", "TN"), ("FR",), ("US", "JP"), ("RU",), ("NZ", "FJ")])
def test_a_small_map_shows_its_countries_where_they_lie(codes: tuple[str, ...]) -> None:
    """The frame holds the largest part of each, keeps its shape inside the world, and weighs less than the world."""
    small, whole = near(codes), shapes()
    assert small is not None
    assert {one.code for one in small.countries} == {code for code in codes if code in whole.paths}
    assert 0 <= small.left <= small.left + small.width <= whole.width + 1
    assert 0 <= small.top <= small.top + small.height <= whole.height + 1
    assert small.width / small.height >= NEAR_SHAPE * 0.99
    for one in small.countries:
        x, y = (int(number) for number in re.findall(r"-?\d+", max(one.path.split("z"), key=len))[:2])
        assert small.left <= x <= small.left + small.width
        assert small.top <= y <= small.top + small.height
    assert len(small.land) < sum(map(len, whole.paths.values()))


def test_no_map_of_nowhere() -> None:
    assert near(()) is None
    assert near(("XX",)) is None
    assert near(("MA", "XX")).not_drawn == ("XX",)  # type: ignore[union-attr]
