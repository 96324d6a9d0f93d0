-- One row per delivery of reference.code, target and subject: what became of every staged record.
{{ config(materialized='table') }}

{{
    key_counts(
        ref('stg_reference__code'), ref('rhub_code'),
        key='code_hk',
        target_key='code_hk',
        subject='code',
        repeated=ref('repeated_code__reference_code'),
        same={
            'code_set_oid': 'staged.oid',
            'code': 'staged.code_id',
            'code_valid_from': 'staged.beginning_date'
        }
    )
}}

union all

{{
    version_counts(
        ref('stg_reference__code'), ref('rsat_code_naming__reference_code'),
        key='code_hk',
        target_key='code_hk',
        subject='code',
        version='code_naming_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_code__reference_code')
    )
}}
