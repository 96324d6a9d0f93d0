-- One row per organisation-independent service that the county's records or its classification know.
with

service as (
    select * from {{ ref('current_service') }}
),

class as (
    select * from {{ ref('ref_service') }}
)

select
    coalesce(class.code, service.service_code) as service_code,
    class.name_fi,
    class.name_sv,
    class.name_en,
    class.code is not null as is_in_classification
from service
full outer join class
    on service.service_code = class.code
