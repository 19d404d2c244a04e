-- Which areas touch each other, and whether they are alike: worked out when the warehouse is built.

create table neighbour (
    area_code varchar not null references area (area_code),
    neighbour_code varchar not null references area (area_code),
    primary key (area_code, neighbour_code)
);

create table spatial_pattern (
    municipality varchar not null,
    level varchar not null,
    year integer not null,
    split varchar not null,
    value double,                           -- Moran's I
    expected double,                        -- what chance alone gives on average
    p_value double,                         -- (r + 1) / (permutations + 1)
    areas integer not null,                 -- that took part
    permutations integer not null,
    seed integer not null,
    reason varchar,
    primary key (municipality, level, year, split)
);

create table area_pattern (
    municipality varchar not null,
    level varchar not null,
    year integer not null,
    split varchar not null,
    area_code varchar not null references area (area_code),
    share double,
    neighbours integer not null,
    neighbours_share double,
    local double,                           -- local Moran's I
    kind varchar,                           -- like_high, like_low, unlike_high, unlike_low
    p_value double,
    beyond_chance boolean,                  -- with a share of false alarms of 5 per cent (Benjamini and Hochberg)
    reason varchar,
    primary key (municipality, level, year, split, area_code)
);
