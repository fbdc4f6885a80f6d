"""The routes of the service that are measured, as a small FastAPI program on asyncpg.

Connects as PGHOST, PGPORT, PGDATABASE and PGUSER say. Whoever asks is named in X-Person, as if a proxy in front
had found out who it is.
"""

from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from fastapi import FastAPI, Header, HTTPException, Response

import bodies
import statements


def _statement(text: str, *names: str) -> str:
    return text.format(**{name: f"${number}" for number, name in enumerate(names, start=1)})


ENTER = _statement(statements.ENTER, "slug", "person", "rights", "request")
LOOKUP = _statement(statements.LOOKUP, "chapter", "id")
ATTENDANCE = _statement(statements.ATTENDANCE, "chapter", "first", "last", "as_of")
SUMMARIES = _statement(statements.SUMMARIES, "chapter", "first", "last")
ROI = _statement(statements.ROI, "chapter", "month", "as_of")
ATTENDANCE_JSON = _statement(statements.ATTENDANCE_JSON, "chapter", "first", "last", "as_of")
ROI_JSON = _statement(statements.ROI_JSON, "chapter", "month", "as_of")


async def _keep(connection):
    """Nothing outlives a transaction here, so a connection that comes back needs no reset."""


@asynccontextmanager
async def lifespan(app: FastAPI):
    async with asyncpg.create_pool(min_size=4, max_size=4, reset=_keep) as pool:
        app.state.pool = pool
        yield


app = FastAPI(lifespan=lifespan, openapi_url=None)


@asynccontextmanager
async def acting(slug: str, person: str):
    """A connection in a transaction behind the walls of a chapter, and the chapter."""
    async with app.state.pool.acquire() as connection, connection.transaction():
        chapter = await connection.fetchrow(ENTER, slug, person, statements.RIGHTS, "peer")
        if chapter is None:
            raise HTTPException(404)
        yield connection, chapter


# With a type to return, FastAPI encodes in Rust; without one, ten times as slowly.
@app.get("/hello")
async def hello() -> dict[str, Any]:
    return {"hello": "world"}


@app.get("/lookup/{slug}/{id}")
async def lookup(slug: str, id: int, x_person: str = Header()) -> dict[str, Any]:
    async with acting(slug, x_person) as (connection, chapter):
        row = await connection.fetchrow(LOOKUP, chapter["id"], id)
    if row is None:
        raise HTTPException(404)
    return bodies.member(row)


@app.get("/report/attendance/{slug}")
async def attendance_report(slug: str, month: str, as_of: str, x_person: str = Header()):
    first, last = bodies.days(bodies.month(month))
    async with acting(slug, x_person) as (connection, chapter):
        text = await connection.fetchval(ATTENDANCE_JSON, chapter["id"], first, last, bodies.instant(as_of))
    return Response(text, media_type="application/json")


@app.get("/report/roi/{slug}")
async def roi_report(slug: str, month: str, as_of: str, x_person: str = Header()):
    async with acting(slug, x_person) as (connection, chapter):
        text = await connection.fetchval(ROI_JSON, chapter["id"], bodies.month(month), bodies.instant(as_of))
    return Response(text, media_type="application/json")


@app.get("/report-app/attendance/{slug}")
async def attendance_report_of_dicts(
    slug: str, month: str, as_of: str, x_person: str = Header()
) -> dict[str, Any]:
    first, last = bodies.days(bodies.month(month))
    async with acting(slug, x_person) as (connection, chapter):
        rows = await connection.fetch(ATTENDANCE, chapter["id"], first, last, bodies.instant(as_of))
        summaries = await connection.fetch(SUMMARIES, chapter["id"], first, last)
    return bodies.attendance(chapter, first, last, as_of, rows, summaries)


@app.get("/report-app/roi/{slug}")
async def roi_report_of_dicts(
    slug: str, month: str, as_of: str, x_person: str = Header()
) -> dict[str, Any]:
    async with acting(slug, x_person) as (connection, chapter):
        rows = await connection.fetch(ROI, chapter["id"], bodies.month(month), bodies.instant(as_of))
    return bodies.roi(chapter, month, as_of, rows)
