-- weather_day: delivered days of weather -> clean ones. See transaction_line.sql.
--
-- Reads raw_weather_day (with feed_date and feed_row). A reading that is missing or out of range is
-- not mended: the row is refused.
with
first_delivery as (
    select * from raw_weather_day
    qualify row_number() over (
        partition by region, business_date order by feed_date, feed_row
    ) = 1
)
select region, business_date, temperature_c, rain_mm
from first_delivery
where temperature_c between -90 and 60 and rain_mm >= 0
