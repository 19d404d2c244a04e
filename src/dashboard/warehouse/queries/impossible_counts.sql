-- Areas in which a group is larger than the whole or negative; the tolerance is half a person, because shares are rounded.
select area_code, year, split, x, t
from split_count
where x < 0 or t < 0 or x > t + 0.5
order by split, area_code
limit 1;
