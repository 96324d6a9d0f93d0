-- One row per indicator, area, period, service, segment, sex and age group: its sums, from the model of each indicator.
select * from {{ ref('ind_saa_01') }}
union all
select * from {{ ref('ind_saa_02') }}
union all
select * from {{ ref('ind_saa_03') }}
union all
select * from {{ ref('ind_saa_05') }}
union all
select * from {{ ref('ind_saa_07') }}
union all
select * from {{ ref('ind_saa_10') }}
union all
select * from {{ ref('ind_saa_11') }}
union all
select * from {{ ref('ind_saa_12') }}
union all
select * from {{ ref('ind_saa_17') }}
union all
select * from {{ ref('ind_saa_19') }}
union all
select * from {{ ref('ind_saa_20') }}
union all
select * from {{ ref('ind_saa_26') }}
union all
select * from {{ ref('ind_kus_01') }}
union all
select * from {{ ref('ind_kus_02') }}
union all
select * from {{ ref('ind_kus_04') }}
union all
select * from {{ ref('ind_tuo_01') }}
union all
select * from {{ ref('ind_tuo_02') }}
union all
select * from {{ ref('ind_tuo_03') }}
union all
select * from {{ ref('ind_tar_01') }}
union all
select * from {{ ref('ind_tar_02') }}
