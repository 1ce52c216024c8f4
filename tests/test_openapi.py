"""The API's description: what it says is what the API does, and every answer has the shape that it names."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import jsonschema
import pytest
from flask.testing import FlaskClient

from corpus.home import Home
from webapp import create_app
from webapp.api.operations import OPERATIONS, PREFIX
from webapp.api.page import examples
from webapp.knowledge import knowledge

OPEN = {"requests_per_minute": 0, "costly_requests_per_minute": 0}


@pytest.fixture(scope="module")
def client(home: Home) -> FlaskClient:
    """A client of the application over the small real home, without limits."""
    return create_app({"home": home, **OPEN}).test_client()


@pytest.fixture(scope="module")
def told(client: FlaskClient) -> dict[str, Any]:
    """The description."""
    found: dict[str, Any] = client.get(f"{PREFIX}/openapi.json").get_json()
    return found


def strict(schema: Any) -> Any:
    """A schema whose objects may have no fields but those that it names."""
    if isinstance(schema, dict):
        made = {name: strict(value) for name, value in schema.items()}
        closed = "properties" in made and "additionalProperties" not in made
        return {**made, "additionalProperties": False} if closed else made
    return [strict(one) for one in schema] if isinstance(schema, list) else schema


def test_every_answer_has_the_shape_that_is_described(client: FlaskClient, told: dict[str, Any]) -> None:
    """The page's example of each operation answers, with the fields of its schema and no others."""
    page = client.get("/api").text
    components = strict(told["components"])
    seen = set()
    for part in page.split('<div class="entry" id="')[1:]:
        name = part.partition('"')[0]
        (operation,) = [one["get"] for one in told["paths"].values() if one["get"]["operationId"] == name]
        links = re.findall(r'<a href="([^"]+)"', part)
        if not links:
            continue
        response = client.get(links[0].replace("&amp;", "&"))
        assert response.status_code == 200, links[0]
        ((media, content),) = operation["responses"]["200"]["content"].items()
        assert response.content_type == media
        seen.add(name)
        if media == "application/json":
            schema = {**content["schema"], "components": components}
            jsonschema.Draft202012Validator(schema).validate(response.get_json())
    assert seen >= {one.name for one in OPERATIONS} - {"note", "notes"}


def test_the_description_is_openapi(told: dict[str, Any]) -> None:
    """OpenAPI 3.1: variables are declared, ids unique, every reference leads somewhere, schemas are valid."""
    assert told["openapi"].startswith("3.1.")
    names = [one["get"]["operationId"] for one in told["paths"].values()]
    assert len(names) == len(set(names)) == len(OPERATIONS)
    for path, methods in told["paths"].items():
        assert set(methods) == {"get"}
        declared = [one["name"] for one in methods["get"]["parameters"] if one["in"] == "path"]
        assert declared == re.findall(r"{(\w+)}", path)
        assert methods["get"]["summary"].endswith((".", ";")), path
        assert {"200", "400"} <= set(methods["get"]["responses"])
    for name, schema in told["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)
        for reference in re.findall(r"'\$ref': '([^']+)'", str(schema)):
            assert reference.removeprefix("#/components/schemas/") in told["components"]["schemas"], name


def test_every_route_of_the_api_is_described(client: FlaskClient, told: dict[str, Any]) -> None:
    """Nothing answers under /api/ that the description does not tell of, but the description itself."""
    rules = {str(rule) for rule in client.application.url_map.iter_rules() if str(rule).startswith("/api/")}
    described = {path.replace("{", "<").replace("}", ">") for path in told["paths"]}
    assert rules - {f"{PREFIX}/openapi.json"} == described


def test_the_description_says_where_this_site_is_reached(home: Home) -> None:
    """Servers are the public address where it is set, else where the description was read."""
    told = create_app({"home": home, "public_url": "https://know.example.org/"}).test_client()
    assert told.get(f"{PREFIX}/openapi.json").get_json()["servers"] == [{"url": "https://know.example.org"}]


JUNK = ("limit=0", "limit=101", "limit=many", "limit=-1", "cursor=junk", "cursor=%F0%9F%98%80", "cursor=" + "A" * 5000)


@pytest.mark.parametrize("junk", [*JUNK, "no_such_parameter=1"])
def test_junk_is_a_problem_with_a_sentence(client: FlaskClient, told: dict[str, Any], junk: str) -> None:
    """Every list refuses what its parameters cannot be, and parameters that it does not have, with 400."""
    lists = [
        path for path, one in told["paths"].items() if "cursor" in str(one["get"]["parameters"]) and "{" not in path
    ]
    assert len(lists) > 8
    for path in lists:
        response = client.get(f"{path}?{junk}")
        assert response.status_code == 400, path
        assert response.content_type == "application/problem+json"
        assert len(response.get_json()["detail"]) > 20


@pytest.mark.parametrize(
    "junk",
    [
        "/statements?kind=wish",
        "/statements?theme=nothing",
        "/statements?voice=mine",
        "/practices?shown_to_work=surely",
        "/new?since=yesterday",
        "/new?since=2026-13-01",
        "/evidence?by=size",
        "/citations/harbour-evaluation?style=mine",
        "/citations/harbour-evaluation?format=pdf",
        "/search?in=everything",
        "/statements?" + "&".join(f"group={n}" for n in range(51)),
    ],
)
def test_values_that_cannot_be_are_named(client: FlaskClient, junk: str) -> None:
    """400 with what can be."""
    problem = client.get(PREFIX + junk).get_json()
    assert problem["status"] == 400
    assert ": " in problem["detail"]


@pytest.mark.parametrize(
    "address",
    [
        "/documents/nothing", "/documents/nothing/pages", "/documents/nothing/text", "/documents/nothing/pages/1",
        "/documents/harbour-evaluation/pages/99", "/passages/harbour-evaluation.p000000000000",
        "/statements/harbour-evaluation.s000000000000", "/practices/nothing", "/notes/nothing", "/themes/nothing",
        "/glossary/nothing", "/citations/nothing", "/statements?doc=nothing", "/passages?doc=nothing", "/nothing",
        "/documents/%00", "/search?like=nothing",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_problem(client: FlaskClient, address: str) -> None:
    """404 as problem details."""
    response = client.get(PREFIX + address)
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"
    assert response.get_json()["instance"] == PREFIX + address.partition("?")[0].replace("%00", "\0")


@pytest.mark.slow
@pytest.mark.parametrize("made", ["valid", "valid, of things that are there", "junk"])
def test_schemathesis_finds_no_fault(client: FlaskClient, made: str) -> None:
    """Some hundred made-up calls: no server error, and only answers that are described, in their shapes."""
    schemathesis = pytest.importorskip("schemathesis")
    hypothesis = pytest.importorskip("hypothesis")
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    schema = schemathesis.openapi.from_wsgi(f"{PREFIX}/openapi.json", client.application)
    held = [not_a_server_error, checks.status_code_conformance, checks.content_type_conformance]
    held += [checks.response_schema_conformance, checks.response_headers_conformance]
    mode = schemathesis.GenerationMode.NEGATIVE if made == "junk" else schemathesis.GenerationMode.POSITIVE
    with client.application.app_context():
        there = examples(knowledge())
    answers: Counter[int] = Counter()
    for found in schema.get_all_operations():
        operation = found.ok()
        if made == "junk" and (not operation.query or operation.label == f"GET {PREFIX}/suggest"):
            continue  # any text is an id that could be, and a beginning that could be typed

        @hypothesis.seed(8)
        @hypothesis.settings(
            max_examples=12, deadline=None, database=None, suppress_health_check=list(hypothesis.HealthCheck)
        )
        @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
        def hold(case: Any) -> None:
            if "there" in made:
                case.path_parameters = {name: there[name] or value for name, value in case.path_parameters.items()}
            response = case.call_and_validate(checks=held, headers={"Accept-Encoding": "identity"})
            answers[response.status_code] += 1

        hold()
    assert sum(answers.values()) > 150
    assert answers[400 if made == "junk" else 200] > 50


def test_the_page_is_for_people(client: FlaskClient) -> None:
    """/api names every address, needs no script, and says what a changed list is."""
    page = client.get("/api").text
    for one in OPERATIONS:
        assert f"<code>{one.path}</code>" in page
    assert 'id="list-changed"' in page
