-- The walk network of the home municipality, the places on it and what stands in its way. Coordinates are SWEREF 99 TM.

create table network (
    municipality varchar primary key references municipality (code),
    kind varchar not null check (kind in ('schematic', 'openstreetmap')),
    length_factor double,                   -- what straight lines were multiplied by; null when lengths are measured
    made varchar not null                   -- ISO date
);

create table node (
    node integer primary key,               -- 0, 1, 2, …
    x double not null,
    y double not null
);

create table edge (
    edge integer primary key,
    a integer not null references node (node),
    b integer not null references node (node),
    length double not null,                 -- metres on foot
    kind varchar not null,                  -- OpenStreetMap's highway, or schematic
    name varchar not null,
    structure varchar not null check (structure in ('', 'bridge', 'tunnel')),
    line varchar not null                   -- points between a and b: "x y;x y"
);

-- Which nodes carry the people of a small area, in equal shares: those inside it that one can live beside.
create table node_area (
    node integer not null references node (node),
    area_code varchar not null references area (area_code),
    share double not null,
    nearest boolean not null,               -- true when no node lies inside and the nearest one stands in
    primary key (node, area_code)
);

create table barrier (
    barrier varchar primary key,
    kind varchar not null check (kind in ('water', 'railway', 'road')),
    name varchar not null,
    line varchar not null,                  -- WKT; empty where the course is not known
    note varchar not null
);

create table crossing (
    crossing varchar primary key,
    barrier varchar not null references barrier (barrier),
    kind varchar not null,
    name varchar not null,
    x double not null,
    y double not null,
    walkable varchar not null check (walkable in ('yes', 'no', 'assumed_yes', 'assumed_no')),
    edges varchar not null,                 -- numbers of the edges that cross here: "12 13"
    note varchar not null
);

-- Integration (closeness) and through-movement (betweenness) of every node within each radius.
create table node_centrality (
    node integer not null references node (node),
    radius double not null,                 -- metres on foot
    closeness double not null,
    betweenness double not null,
    primary key (node, radius)
);
