-- People seen at a place by how they were perceived and what they did; code is null where it was not noted.
select field, nullif(code, '') as code, sum(people)::integer as people
from (
    select
        people,
        gender,
        age,
        mode,
        -- Who moves has no posture: moving is where they are counted.
        case when mode = 'staying' then coalesce(posture, '') else 'moving' end as posture,
        coalesce(activity, '') as activity
    from observed
    join observation_session using (session)
    where place = $place
)
unpivot (code for field in (gender, age, mode, posture, activity))
group by all
order by all;
