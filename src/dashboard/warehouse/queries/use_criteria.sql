-- The twelve quality criteria of a place: how many judged each, the mean, the lowest and the highest (-1, 0, 1).
select
    criterion,
    count(*)::integer as ratings,
    avg(score) as mean,
    min(score)::integer as lowest,
    max(score)::integer as highest
from criteria_rating
where place = $place
group by criterion
order by criterion;
