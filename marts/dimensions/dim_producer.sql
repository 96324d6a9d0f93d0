-- One row per producer of services, known by its business id.
select
    producer_hk,
    producer_business_id,
    producer_name
from {{ ref('current_producer') }}
