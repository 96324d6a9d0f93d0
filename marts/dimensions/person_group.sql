-- One row per person: sex and day of birth, the traits that figures are split by. Never published.
select
    person_hk,
    coalesce(sex_code, '0') as sex_code,
    birth_date,
    death_date
from {{ ref('current_person') }}
