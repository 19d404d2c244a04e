-- People seen at a place by hour and day of the week (1 = Monday), and the minutes that were observed.
-- A session belongs to the hour in which it began; one in which nobody was seen counts with its minutes.
with seen as (
    select session, sum(people) as people from observed group by session
)
select
    hour(start_time)::integer as hour,
    isodow(date)::integer as weekday,
    coalesce(sum(seen.people), 0)::integer as people,
    sum(minutes)::integer as minutes,
    count(*)::integer as sessions
from observation_session
left join seen using (session)
where place = $place
group by all
order by all;
