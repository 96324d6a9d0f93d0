-- One row per delivery of desk.member, target and subject: what became of every staged record.
{{ config(materialized='table') }}

{{
    key_counts(
        ref('stg_desk__member'), ref('hub_member'),
        key='member_hk',
        target_key='member_hk',
        subject='member',
        repeated=ref('repeated_member__desk_member'),
        same={'member_number': 'staged.number'},
        earlier=[]
    )
}}

union all

{{
    key_counts(
        ref('stg_desk__member'), ref('hub_member'),
        key='twin_hk',
        target_key='member_hk',
        subject='twin',
        same={'member_number': 'staged.twin'},
        earlier=['member_hk']
    )
}}

union all

{{
    key_counts(
        ref('stg_desk__member'), ref('lnk_member_same'),
        key='member_same_hk',
        target_key='member_same_hk',
        subject='member',
        owner_key='member_hk',
        repeated=ref('repeated_member__desk_member'),
        same={
            'twin_hk': 'staged.twin_hk',
            'member_hk': 'staged.member_hk'
        }
    )
}}

union all

{{
    version_counts(
        ref('stg_desk__member'), ref('sat_member_home__desk_member'),
        key='member_hk',
        target_key='member_hk',
        subject='member',
        version='member_home_hashdiff',
        target_version='hashdiff',
        repeated=ref('repeated_member__desk_member')
    )
}}

union all

{{
    version_counts(
        ref('stg_desk__member'), ref('effsat_member_same__desk_member'),
        key='member_hk',
        target_key='member_hk',
        subject='member',
        version='member_same_hk',
        target_version='member_same_hk',
        repeated=ref('repeated_member__desk_member')
    )
}}
