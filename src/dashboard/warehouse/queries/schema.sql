-- The tables of the warehouse. Built anew every time, read-only afterwards.

create table meta (key varchar primary key, value varchar not null);

create table municipality (
    code varchar primary key,
    name varchar not null,
    role varchar not null check (role in ('home', 'peer'))
);

create table area (
    area_code varchar primary key,          -- SCB's code with its division: 1488C1070_DeSO2025
    code varchar not null,                  -- the same without the division
    level varchar not null check (level in ('deso', 'regso', 'municipality')),
    vintage integer,                        -- year of the division; null for municipalities
    municipality varchar not null references municipality (code),
    name varchar,                           -- RegSO and municipalities have names, DeSO do not
    regso_code varchar,                     -- the RegSO that a DeSO lies in
    kind varchar,                           -- A outside localities, B in a locality, C in the central locality
    area_m2 double,                         -- in SWEREF 99 TM
    boundary varchar not null,              -- published, generalised or none
    x double, y double                      -- a point inside the area, SWEREF 99 TM
);

create table source (
    id varchar primary key,
    publisher_sv varchar not null,
    publisher_en varchar not null
);

create table indicator (
    id varchar primary key,
    family varchar not null,
    unit varchar not null,
    decimals integer not null,
    direction varchar not null,
    minimum double,
    maximum double
);

-- One row an area, indicator and year, of areas, indicators and sources that there are: the build has checked every
-- row before (observation_checks.py). Keys held here too would need an index of more room than the rows themselves.
-- Rows are in the order of area, indicator and year, so that those of a municipality lie beside one another.
create table observation (
    area_code varchar not null,
    indicator varchar not null,
    year integer not null,
    value double,
    lower double,
    upper double,
    status varchar not null,
    note varchar not null,
    source varchar not null
);

create table split (
    id varchar primary key,
    unit varchar not null,
    group_kind varchar not null check (group_kind in ('share', 'count')),
    group_indicator varchar not null references indicator (id),
    total_indicator varchar not null references indicator (id)
);

create table split_group (
    split varchar not null,
    position integer not null,
    indicator varchar not null references indicator (id),
    primary key (split, position)
);

create table place (
    id varchar primary key,
    category varchar not null,
    kind varchar not null,                  -- what it is to somebody who walks there: stop, grocery, school …
    name varchar not null,
    lat double not null,
    lon double not null,
    x double not null,
    y double not null,
    osm_tag varchar not null,
    approximate boolean not null            -- true when only the place that it lies at is known
);

create table school (
    school_unit_code varchar primary key,
    name varchar not null,
    lat double not null,
    lon double not null,
    x double not null,
    y double not null,
    principal_type varchar not null,
    pupils double,
    merit_value double,
    all_subjects_passed_share double,
    upper_secondary_eligible_share double,
    certified_teacher_share double,
    pupils_per_teacher double,
    perceived_safety double,
    area_code varchar
);

create table study_place (
    id varchar primary key,
    name varchar not null,
    kind varchar not null,
    municipality varchar not null,
    lat double not null,
    lon double not null,
    x double not null,
    y double not null,
    on_maps boolean not null,
    side varchar not null check (side in ('left', 'right')),
    position integer not null               -- the order that the city names them in
);
