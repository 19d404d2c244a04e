-- Answers to the survey at a place: how many gave each.
select question, answer, count(*)::integer as people
from (
    select safety::varchar as safety, belonging::varchar as belonging, visits
    from survey
    where place = $place
)
unpivot (answer for question in (safety, belonging, visits))
group by all
order by all;
