-- Means of the survey's scales from 1 to 5 at a place.
select question, avg(score) as mean, count(*)::integer as people
from (select safety, belonging from survey where place = $place)
unpivot (score for question in (safety, belonging))
group by question
order by question;
