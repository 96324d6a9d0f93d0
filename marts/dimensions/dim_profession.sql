-- One row per profession code, with the group that visits and employments share.
with

profession as (
    select * from {{ ref('ref_profession') }}
),

profession_group as (
    select * from {{ ref('ref_profession_group') }}
)

select
    profession.code as profession_code,
    profession.name_fi,
    profession.name_sv,
    profession.name_en,
    profession.profession_group_code,
    profession_group.name_fi as profession_group_name_fi,
    profession_group.name_sv as profession_group_name_sv,
    profession_group.name_en as profession_group_name_en
from profession
left join profession_group
    on profession.profession_group_code = profession_group.code
