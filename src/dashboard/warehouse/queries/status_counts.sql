-- How many figures of the home municipality and its areas are published, worked out or not there.
select observation.status, count(*) as figures
from observation
join area using (area_code)
where area.municipality = $municipality
group by observation.status
order by observation.status;
