-- store_hour: the week of a store in a month, the sums of store_date_hour by weekday and hour.
--
-- Reads store_date_hour and store_day. weekday is 1 for Monday to 7 for Sunday; it is counted from
-- Monday, 1 January 1900, without the date functions in which dialects differ. occurrences are
-- the days of that weekday in the month on which the store was open (is_open of store_day); it
-- is 0 where all that happened in the hour happened on days on which the store was closed. A
-- sum of nothing but nulls is null: an absent source stays absent.
with
digit as (
    select 0 as d union all select 1 union all select 2 union all select 3 union all select 4
    union all select 5 union all select 6 union all select 7 union all select 8 union all select 9
),
whole_number as (  -- 0 to 99,999: the days from 1900 to 2173
    select a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d as n
    from digit as a cross join digit as b cross join digit as c cross join digit as e
    cross join digit as f
),
span as (
    select min(business_date) as data_from, max(business_date) as data_through from store_day
),
calendar as (
    select
        date '1900-01-01' + whole_number.n as business_date,
        cast(whole_number.n % 7 + 1 as integer) as weekday
    from whole_number
    cross join span
    where date '1900-01-01' + whole_number.n >= span.data_from
      and date '1900-01-01' + whole_number.n <= span.data_through
),
open_day_count as (
    select
        store_day.store_id,
        substring(cast(store_day.business_date as varchar(10)), 1, 7) as month,
        calendar.weekday,
        count(*) as occurrences
    from store_day
    inner join calendar on calendar.business_date = store_day.business_date
    where store_day.is_open
    group by
        store_day.store_id,
        substring(cast(store_day.business_date as varchar(10)), 1, 7),
        calendar.weekday
),
hour_sum as (
    select
        store_date_hour.store_id,
        substring(cast(store_date_hour.business_date as varchar(10)), 1, 7) as month,
        calendar.weekday,
        store_date_hour.hour,
        sum(store_date_hour.visitors) as visitors,
        sum(store_date_hour.visit_transactions) as visit_transactions,
        sum(store_date_hour.transactions) as transactions,
        sum(store_date_hour.net_sales) as net_sales
    from store_date_hour
    inner join calendar on calendar.business_date = store_date_hour.business_date
    group by
        store_date_hour.store_id,
        substring(cast(store_date_hour.business_date as varchar(10)), 1, 7),
        calendar.weekday,
        store_date_hour.hour
)
select
    hour_sum.store_id,
    hour_sum.month,
    hour_sum.weekday,
    hour_sum.hour,
    cast(coalesce(open_day_count.occurrences, 0) as bigint) as occurrences,
    cast(hour_sum.visitors as bigint) as visitors,
    cast(hour_sum.visit_transactions as bigint) as visit_transactions,
    cast(hour_sum.transactions as bigint) as transactions,
    cast(hour_sum.net_sales as decimal(18, 2)) as net_sales
from hour_sum
left join open_day_count
    on open_day_count.store_id = hour_sum.store_id
    and open_day_count.month = hour_sum.month
    and open_day_count.weekday = hour_sum.weekday
order by store_id, month, weekday, hour
