-- One row per sex and age group, and per whole of either.
with

sex as (
    select code, name_fi, name_sv, name_en from {{ ref('ref_sex') }}
    union all
    select 'all', 'kaikki', 'alla', 'all'
),

age_group as (
    select code, name_fi, name_sv, name_en from {{ ref('ref_age_group') }}
    union all
    select 'all', 'kaikki', 'alla', 'all'
    union all
    select 'unknown', 'ikä ei tiedossa', 'okänd ålder', 'age not known'
)

select
    sex.code as sex_code,
    age_group.code as age_group_code,
    sex.name_fi as sex_name_fi,
    sex.name_sv as sex_name_sv,
    sex.name_en as sex_name_en,
    age_group.name_fi as age_group_name_fi,
    age_group.name_sv as age_group_name_sv,
    age_group.name_en as age_group_name_en
from sex
cross join age_group
