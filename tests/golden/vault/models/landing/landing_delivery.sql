-- One row per delivered file: what its name and registry.csv say of it. A file counts once and for ever; one that is no
-- whole delivery is not registered, and the build warns why.
{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='append_new_columns',
        full_refresh=false
    )
}}

select *
from (
    {{
        new_deliveries([
            {"record_source": "branch.member", "folder": "branch/member", "files": "member_*.csv", "semantics": "partition", "columns": ["number", "town", "street", "twin"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "branch.phone", "folder": "branch/phone", "files": "phone_*.csv", "semantics": "partition", "columns": ["number", "phone", "kind"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "branch.book", "folder": "branch/book", "files": "book_*.csv", "semantics": "partition", "columns": ["shelf", "slot", "condition", "keeper", "whole_shelf", "whole_slot", "before_shelf", "before_slot"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "branch.loan", "folder": "branch/loan", "files": "loan_*.csv", "semantics": "partition", "columns": ["loan", "note", "due", "borrower", "lender", "shelf", "slot"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "branch.item", "folder": "branch/item", "files": "item_*.csv", "semantics": "partition", "columns": ["loan", "shelf", "slot", "line", "price"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "branch.genre", "folder": "branch/genre", "files": "genre_*.csv", "semantics": "partition", "columns": ["code", "name", "starts", "expires"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "calendar.open_day", "folder": "calendar/open_day", "files": "open_day_*.csv", "semantics": "delta", "columns": ["day", "opens"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "desk.member", "folder": "desk/member", "files": "member_*.csv", "semantics": "full", "columns": ["number", "town", "street", "twin"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "desk.phone", "folder": "desk/phone", "files": "phone_*.csv", "semantics": "full", "columns": ["number", "phone", "kind"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "desk.book", "folder": "desk/book", "files": "book_*.csv", "semantics": "full", "columns": ["shelf", "slot", "condition", "keeper", "whole_shelf", "whole_slot", "before_shelf", "before_slot"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "desk.loan", "folder": "desk/loan", "files": "loan_*.csv", "semantics": "full", "columns": ["loan", "note", "due", "borrower", "lender", "shelf", "slot"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "desk.item", "folder": "desk/item", "files": "item_*.csv", "semantics": "full", "columns": ["loan", "shelf", "slot", "line", "price"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "desk.genre", "folder": "desk/genre", "files": "genre_*.csv", "semantics": "full", "columns": ["code", "name", "starts", "expires"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "desk.fine", "folder": "desk/fine", "files": "fine_*.csv", "semantics": "full", "columns": ["fine", "number", "amount"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "desk.payment", "folder": "desk/payment", "files": "payment_*.csv", "semantics": "full", "columns": ["payment", "number", "amount"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "kiosk.member", "folder": "kiosk/member", "files": "member_*.csv", "semantics": "delta", "columns": ["deleted", "number", "town", "street", "twin"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "kiosk.phone", "folder": "kiosk/phone", "files": "phone_*.csv", "semantics": "delta", "columns": ["deleted", "number", "phone", "kind"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "kiosk.book", "folder": "kiosk/book", "files": "book_*.csv", "semantics": "delta", "columns": ["deleted", "shelf", "slot", "condition", "keeper", "whole_shelf", "whole_slot", "before_shelf", "before_slot"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "kiosk.loan", "folder": "kiosk/loan", "files": "loan_*.csv", "semantics": "delta", "columns": ["deleted", "loan", "note", "due", "borrower", "lender", "shelf", "slot"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "kiosk.item", "folder": "kiosk/item", "files": "item_*.csv", "semantics": "delta", "columns": ["deleted", "loan", "shelf", "slot", "line", "price"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "kiosk.genre", "folder": "kiosk/genre", "files": "genre_*.csv", "semantics": "delta", "columns": ["deleted", "code", "name", "starts", "expires"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "kiosk.fine", "folder": "kiosk/fine", "files": "fine_*.csv", "semantics": "delta", "columns": ["deleted", "fine", "number", "amount"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "kiosk.payment", "folder": "kiosk/payment", "files": "payment_*.csv", "semantics": "delta", "columns": ["deleted", "payment", "number", "amount"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "till.member", "folder": "till/member", "files": "member_*.csv", "semantics": "event", "columns": ["number", "town", "street", "twin"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "till.phone", "folder": "till/phone", "files": "phone_*.csv", "semantics": "event", "columns": ["number", "phone", "kind"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "till.book", "folder": "till/book", "files": "book_*.csv", "semantics": "event", "columns": ["shelf", "slot", "condition", "keeper", "whole_shelf", "whole_slot", "before_shelf", "before_slot"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "till.loan", "folder": "till/loan", "files": "loan_*.csv", "semantics": "event", "columns": ["loan", "note", "due", "borrower", "lender", "shelf", "slot"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "till.item", "folder": "till/item", "files": "item_*.csv", "semantics": "event", "columns": ["loan", "shelf", "slot", "line", "price"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "till.genre", "folder": "till/genre", "files": "genre_*.csv", "semantics": "event", "columns": ["code", "name", "starts", "expires"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "till.fine", "folder": "till/fine", "files": "fine_*.csv", "semantics": "event", "columns": ["fine", "number", "amount"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "till.payment", "folder": "till/payment", "files": "payment_*.csv", "semantics": "event", "columns": ["payment", "number", "amount"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "web.member", "folder": "web/member", "files": "member_*.csv", "semantics": "delta", "columns": ["number", "town", "street", "twin"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "web.phone", "folder": "web/phone", "files": "phone_*.csv", "semantics": "delta", "columns": ["number", "phone", "kind"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "web.book", "folder": "web/book", "files": "book_*.csv", "semantics": "delta", "columns": ["shelf", "slot", "condition", "keeper", "whole_shelf", "whole_slot", "before_shelf", "before_slot"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "web.loan", "folder": "web/loan", "files": "loan_*.csv", "semantics": "delta", "columns": ["loan", "note", "due", "borrower", "lender", "shelf", "slot"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "web.item", "folder": "web/item", "files": "item_*.csv", "semantics": "delta", "columns": ["loan", "shelf", "slot", "line", "price"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "web.genre", "folder": "web/genre", "files": "genre_*.csv", "semantics": "delta", "columns": ["code", "name", "starts", "expires"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "web.fine", "folder": "web/fine", "files": "fine_*.csv", "semantics": "delta", "columns": ["fine", "number", "amount"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"},
            {"record_source": "web.payment", "folder": "web/payment", "files": "payment_*.csv", "semantics": "delta", "columns": ["payment", "number", "amount"], "kind": "csv", "delimiter": ";", "encoding": "utf-8"}
        ])
    }}
) as told
