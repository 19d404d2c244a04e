-- Figures of the years before the areas of today, worked out for these from those of the old areas. A table of its own:
-- nothing that counts or measures takes them for published ones.

create table reworked (
    area_code varchar not null references area (area_code),
    indicator varchar not null references indicator (id),
    year integer not null,
    value double,
    status varchar not null check (status in ('derived', 'missing')),
    note varchar not null,
    source varchar not null references source (id),
    primary key (area_code, indicator, year)
);

create table area_origin (
    area_code varchar primary key references area (area_code),
    kind varchar not null check (kind in ('same', 'split', 'merged', 're-cut')),
    largest_weight double not null,         -- largest share with which an old area went into it, 0–1
    covered double not null                 -- how much of it comes from old areas, 0–1
);
