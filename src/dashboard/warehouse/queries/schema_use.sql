-- What was observed at places of the home municipality, asked of people there, and judged. Empty where nothing was noted.
-- Single people are never shown: what leaves these tables has gone through disclosure.py.

create table observation_session (
    session varchar primary key,
    place varchar not null,
    date date not null,
    start_time time not null,
    minutes integer not null check (minutes > 0),
    weather varchar not null,
    temperature double,                     -- degrees Celsius
    method varchar not null check (method in ('counting', 'mapping', 'tracing')),
    observer varchar not null               -- a role, never a name
);

create table observed (
    session varchar not null references observation_session (session),
    people integer not null check (people > 0),
    gender varchar not null,                -- as the observer perceived it
    age varchar not null,                   -- as the observer perceived it
    mode varchar not null,
    posture varchar,                        -- of those who stay; null when it was not noted
    activity varchar,
    group_size varchar,
    objects varchar,
    spot varchar
);

create table survey (
    response varchar primary key,
    place varchar not null,
    date date not null,
    time time not null,
    safety integer check (safety between 1 and 5),
    belonging integer check (belonging between 1 and 5),
    visits varchar,
    age varchar,
    gender varchar
);

create table criteria_rating (
    rating varchar not null,
    place varchar not null,
    date date not null,
    rater varchar not null,                 -- a role, never a name
    criterion varchar not null,
    score integer not null check (score between -1 and 1),
    primary key (rating, criterion)
);
