-- One row per segment that an indicator may be split by, in the set of its kind.
with

waiting_class as (
    select * from {{ ref('ref_waiting_class') }}
),

production_mode as (
    select * from {{ ref('ref_production_mode') }}
),

profession_group as (
    select * from {{ ref('ref_profession_group') }}
)

select code as segment_code, class_set as segment_set, name_fi, name_sv, name_en from waiting_class
union all
select code as segment_code, 'production_mode' as segment_set, name_fi, name_sv, name_en from production_mode
union all
select code as segment_code, 'profession_group' as segment_set, name_fi, name_sv, name_en from profession_group
union all
select 'all', 'whole', 'kaikki', 'alla', 'all'
union all
select 'median', 'statistic', 'mediaani', 'median', 'median'
union all
select 'p90', 'statistic', '90. persentiili', '90:e percentilen', '90th percentile'
union all
select '0-3', 'processing', '0–3 päivää', '0–3 dygn', '0–3 days'
union all
select '4-21', 'processing', '4–21 päivää', '4–21 dygn', '4–21 days'
union all
select '22-', 'processing', 'yli 21 päivää', 'över 21 dygn', 'over 21 days'
union all
select '65-', 'age', '65 vuotta täyttäneet', '65 år fyllda', '65 years and over'
union all
select '75-', 'age', '75 vuotta täyttäneet', '75 år fyllda', '75 years and over'
union all
select '85-', 'age', '85 vuotta täyttäneet', '85 år fyllda', '85 years and over'
