-- One row per contact type. A code that has expired keeps its meaning: late records still carry it.
select
    code as channel_code,
    name_fi,
    name_sv,
    name_en,
    is_remote,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to
from {{ ref('ref_contact_type') }}
