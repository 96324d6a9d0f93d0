-- One row per way of producing a service: own, purchased, voucher.
select
    code as production_mode_code,
    name_fi,
    name_sv,
    name_en
from {{ ref('ref_production_mode') }}
