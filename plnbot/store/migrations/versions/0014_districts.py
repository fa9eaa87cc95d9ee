"""Districts and schools as rows, and where each member belongs by what they typed."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

from plnbot.store.types import Id, Instant, Json

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", Id, primary_key=True),
        sa.Column("network_id", Id, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("district_id", Id, sa.ForeignKey("organisation.id"), nullable=True),
        sa.Column("settled", sa.Boolean, nullable=False),
        sa.Column("merged_into", Id, sa.ForeignKey("organisation.id"), nullable=True),
        sa.Column("moved", Json, nullable=True),
        sa.Column("created_at", Instant, nullable=False),
    )
    op.create_index("ix_organisation_district_id", "organisation", ["district_id"])
    op.create_index("ix_organisation_network", "organisation", ["network_id", "kind", "settled"])
    op.create_table(
        "organisation_name",
        sa.Column("id", Id, primary_key=True),
        sa.Column("organisation_id", Id, sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("network_id", Id, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("within", sa.String(60), nullable=False),
        sa.Column("folded", sa.String(120), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.UniqueConstraint("network_id", "kind", "within", "folded"),
    )
    op.create_index(
        "ix_organisation_name_organisation_id", "organisation_name", ["organisation_id"]
    )
    for column in ("district_id", "school_id"):
        op.add_column(
            "member",
            sa.Column(column, Id, sa.ForeignKey("organisation.id"), nullable=True),
            inline_references=True,
        )
        op.create_index(f"ix_member_{column}", "member", [column])
    op.add_column("member", sa.Column("folded", sa.String(120), nullable=False, server_default=""))
    _propose(op.get_bind())


_ORGANISATION = sa.table(
    "organisation",
    sa.column("id", Id),
    *(sa.column(each) for each in ("network_id", "kind", "name", "state", "district_id")),
    sa.column("settled", sa.Boolean),
    sa.column("created_at", Instant),
)
_NAME = sa.table(
    "organisation_name",
    *(
        sa.column(each)
        for each in ("organisation_id", "network_id", "kind", "within", "folded", "name")
    ),
)
_MEMBER = sa.table(
    "member",
    sa.column("id", Id),
    sa.column("network_id", Id),
    sa.column("name"),
    sa.column("folded"),
    sa.column("profile", Json),
    sa.column("created_at", Instant),
    sa.column("district_id", Id),
    sa.column("school_id", Id),
)


def _propose(bind: sa.Connection) -> None:
    """Let what members typed so far be proposed, one row a name, as it is when they type it now."""
    made: dict[tuple[object, ...], int] = {}
    for row in bind.execute(sa.select(_MEMBER).order_by(_MEMBER.c.id)).all():
        told = row.profile or {}
        base = {
            "network_id": row.network_id,
            "state": str(told.get("state", ""))[:60],
            "settled": False,
            "created_at": row.created_at,
        }
        district = str(told.get("district", "")).strip()[:120].strip()
        where = _made(
            bind, made, {**base, "kind": "district", "name": district, "district_id": None}
        )
        school = str(told.get("school", "")).strip()[:120].strip()
        at = _made(bind, made, {**base, "kind": "school", "name": school, "district_id": where})
        bind.execute(
            sa.update(_MEMBER)
            .where(_MEMBER.c.id == row.id)
            .values(district_id=where, school_id=at, folded=_folded(row.name))
        )


def _made(
    bind: sa.Connection, made: dict[tuple[object, ...], int], values: dict[str, object]
) -> int | None:
    """Return the number of a row, made once for its network, kind, state or district, and name."""
    folded, is_school = _folded(str(values["name"])), values["kind"] == "school"
    if not folded:
        return None
    inside = values["district_id"] if is_school else _folded(str(values["state"]))[:60]
    key = (values["network_id"], is_school, inside, folded)
    if key not in made:
        added = sa.insert(_ORGANISATION).values(values).returning(_ORGANISATION.c.id)
        number = made[key] = bind.execute(added).scalar_one()
        bind.execute(
            sa.insert(_NAME).values(
                organisation_id=number,
                network_id=values["network_id"],
                kind=values["kind"],
                within=f"#{number}" if is_school else inside,
                folded=folded,
                name=values["name"],
            )
        )
    return made[key]


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    plain = plain.replace("&", " and ").replace("’", "").replace("'", "").replace(".", "")
    return re.sub(r"[^\w]+", " ", plain).strip()[:120].strip()
