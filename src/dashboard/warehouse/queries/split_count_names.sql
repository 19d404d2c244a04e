-- Names that stand in many rows are kept as numbers with a list of the names (enums), in the order of the alphabet:
-- joining and grouping by them is what the measures' queries spend most of their time on. They read as before.
-- The empty name is in each list because a list must not be empty, as it would be in a city without any split.
create type municipality_code as enum (
    select '' union select municipality from split_count union select municipality from group_count order by 1);
create type area_level as enum (
    select '' union select level from split_count union select level from group_count order by 1);
create type split_id as enum (
    select '' union select split from split_count union select split from group_count order by 1);
create type neighbourhood_code as enum (
    select '' union select regso_code from split_count where regso_code is not null
    union select regso_code from group_count where regso_code is not null order by 1);

alter table split_count alter municipality type municipality_code;
alter table split_count alter level type area_level;
alter table split_count alter split type split_id;
alter table split_count alter regso_code type neighbourhood_code;

alter table group_count alter municipality type municipality_code;
alter table group_count alter level type area_level;
alter table group_count alter split type split_id;
alter table group_count alter regso_code type neighbourhood_code;
