-- The profiles over scales of grids that the home municipality has; of a grid only the measures are here, never its cells.
-- Empty where there is none.

create table grid (
    split varchar not null,
    year integer not null,
    source varchar not null,                -- as whoever put it in wants it told
    cells integer not null check (cells > 0),
    people integer not null check (people > 0),
    cell_metres double,                     -- null where the points lie on no regular grid
    primary key (split, year)
);

create table grid_point (
    split varchar not null,
    year integer not null,
    k integer,                              -- how many of the nearest; null for the cells themselves
    measure varchar not null,
    value double,
    at_home double,                         -- share of all people whose k nearest all live in their own cell
    reason varchar,                         -- why there is no value
    foreign key (split, year) references grid (split, year),
    check ((value is null) <> (reason is null))
);
