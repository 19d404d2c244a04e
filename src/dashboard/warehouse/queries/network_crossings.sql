-- Where barriers are crossed, or could be, along each barrier as it was noted.
select crossing, barrier, kind, name, x, y, walkable, edges, note from crossing order by barrier, y, x;
