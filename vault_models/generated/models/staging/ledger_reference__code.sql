-- One row per delivery of reference.code, target and subject: what became of every staged record.
{{ config(materialized='view') }}

{{
    version_counts(
        ref('stg_reference__code'), ref('ref_code'),
        key='code_hk',
        target_key='code_hk',
        subject='code',
        version='code_naming_hashdiff',
        target_version='hashdiff'
    )
}}
