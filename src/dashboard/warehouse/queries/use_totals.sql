-- What there is of observations, answers and ratings at a place, and from when to when.
with sessions as (
    select count(*) as sessions, coalesce(sum(minutes), 0) as minutes, min(date) as first, max(date) as last
    from observation_session
    where place = $place
),
people as (
    select coalesce(sum(observed.people), 0) as people
    from observed
    join observation_session using (session)
    where place = $place
),
answers as (
    select count(*) as answers, min(date) as first, max(date) as last from survey where place = $place
),
ratings as (
    select count(distinct rating) as ratings, min(date) as first, max(date) as last
    from criteria_rating
    where place = $place
)
select
    sessions.sessions,
    sessions.minutes,
    people.people,
    answers.answers,
    ratings.ratings,
    sessions.first as first_session,
    sessions.last as last_session,
    answers.first as first_answer,
    answers.last as last_answer,
    ratings.first as first_rating,
    ratings.last as last_rating
from sessions, people, answers, ratings;
