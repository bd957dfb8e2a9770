"""The overview as it is usually written: pandas, groupby and Plotly Express. Only for comparison.

RETAILSIM_LAKE names the lake. It shows what the overview of dashboard/ shows, no more.
"""

import os

import pandas as pd
import plotly.express as px
import streamlit as st

LAKE = os.environ.get("RETAILSIM_LAKE", "lake")


@st.cache_data
def load(lake: str, table: str) -> pd.DataFrame:
    return pd.read_parquet(f"{lake}/{table}", partitioning=None)


days = load(LAKE, "gold/store_day")
stores = load(LAKE, "clean/store")
hours = load(LAKE, "gold/store_hour")
days["business_date"] = pd.to_datetime(days["business_date"])
for column in ("net_sales", "cogs"):
    days[column] = days[column].astype(float)
year = st.sidebar.selectbox("Year", sorted(days["business_date"].dt.year.unique(), reverse=True))
region = st.sidebar.selectbox("Region", ["", *sorted(stores["region"].dropna().unique())])
days = days.merge(stores[["store_id", "name", "region"]], on="store_id")
if region:
    days = days[days["region"] == region]
now = days[days["business_date"].dt.year == year]
before = days[days["business_date"].dt.year == year - 1]


def kpis(frame: pd.DataFrame) -> dict[str, float]:
    sums = frame[["net_sales", "cogs", "visitors", "visit_transactions", "transactions"]].sum()
    return {
        "Net sales": sums["net_sales"],
        "Gross margin": sums["net_sales"] - sums["cogs"],
        "Visitors": sums["visitors"],
        "Conversion": sums["visit_transactions"] / max(sums["visitors"], 1),
        "Average ticket": sums["net_sales"] / max(sums["transactions"], 1),
        "Sales per visitor": sums["net_sales"] / max(sums["visitors"], 1),
    }


earlier = kpis(before)
for column, (name, value) in zip(st.columns(6), kpis(now).items(), strict=True):
    moved = f"{value / earlier[name] - 1:+.1%}" if earlier[name] else None
    weekly = now.groupby(pd.Grouper(key="business_date", freq="W")).apply(kpis).apply(pd.Series)
    column.metric(name, f"{value:,.2f}", moved, chart_data=weekly[name])
trend = now.groupby(pd.Grouper(key="business_date", freq="W"))["net_sales"].sum().reset_index()
trend["mean"] = trend["net_sales"].rolling(4).mean()
st.plotly_chart(px.line(trend, x="business_date", y=["net_sales", "mean"]))
chosen = hours[hours["month"].str.startswith(str(year)) & hours["store_id"].isin(now["store_id"])]
week = chosen.pivot_table(index="weekday", columns="hour", values="visitors", aggfunc="sum")
st.plotly_chart(px.imshow(week))
by_store = now.groupby("name")[["net_sales", "visitors", "visit_transactions", "is_open"]].sum()
by_store["conversion"] = by_store["visit_transactions"] / by_store["visitors"]
by_store["traffic"] = by_store["visitors"] / by_store["is_open"]
st.plotly_chart(px.scatter(by_store, x="traffic", y="conversion", size="net_sales"))
st.dataframe(by_store.sort_values("net_sales", ascending=False))
