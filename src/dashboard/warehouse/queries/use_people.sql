-- People seen at a place by how they were perceived and what they did; code is null where it was not noted.
-- Those who stay are counted by their posture, those who move by how: one breakdown, of which the parts make the whole.
select field, nullif(code, '') as code, sum(people)::integer as people
from (
    select
        people,
        gender,
        age,
        case when mode = 'staying' then coalesce(posture, '') else mode end as doing,
        coalesce(activity, '') as activity
    from observed
    join observation_session using (session)
    where place = $place
)
unpivot (code for field in (gender, age, doing, activity))
group by all
order by all;
