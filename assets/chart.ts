// Charts drawn from the table beside them: <figure data-chart="column"> … <table> … </figure>. First column: what is counted by (its link
// opens the records); each other column is a series, its cells may have links of their own. data-chart: column, bar (lying), line, pie.
// th data-hue: red gold green blue quiet, so that a meaning keeps its colour; a th data-skip is in the table only.
import { BarChart, LineChart, PieChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use, type ECharts } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, PieChart, GridComponent, TooltipComponent, LegendComponent, AriaComponent, SVGRenderer]);

interface Mark { value: number; link?: string }
interface Twin { labels: string[]; hues: (string | undefined)[]; links: (string | undefined)[]; series: { name: string; key?: string; marks: Mark[] }[] }

const number = (s: string): number => Number(s.replace(/[^\d,.\-]/g, "").replace(/\.(?=\d{3}(\D|$))/g, "").replace(",", ".")) || 0;

function twin(table: HTMLTableElement): Twin {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].slice(1), rows = [...table.tBodies[0].rows];
  const drawn = heads.filter((h) => !h.hasAttribute("data-skip") && !h.hasAttribute("data-total"));
  return {
    labels: rows.map((r) => r.cells[0].textContent!.trim()),
    hues: rows.map((r) => r.dataset.hue),
    links: rows.map((r) => r.cells[0].querySelector("a")?.href),
    series: (drawn.length ? drawn : heads).map((h) => ({
      name: h.textContent!.trim(),
      key: h.dataset.hue ?? h.dataset.series,
      marks: rows.map((r) => {
        const cell = r.cells[h.cellIndex];
        return { value: number(cell?.dataset.value ?? cell?.textContent ?? ""), link: cell?.querySelector("a")?.href };
      }),
    })),
  };
}

function draw(chart: ECharts, figure: HTMLElement, t: Twin): void {
  const css = getComputedStyle(document.documentElement), v = (n: string): string => css.getPropertyValue(n).trim();
  const meant: Record<string, string> = {
    red: v("--red"), gold: v("--gold-edge"), green: v("--green"), blue: v("--blue"), quiet: v("--edge"),
    overdue: v("--red"), late: v("--gold-edge"), on_time: v("--green"), waiting: v("--blue"), done: v("--line-strong") };
  const wheel = [v("--edge"), v("--blue"), v("--gold-edge"), v("--green"), v("--red"), v("--line-strong")];
  const kind = figure.dataset.chart!, lies = kind === "rows" || kind === "bar", stacked = t.series.length > 1 && kind !== "line";
  const text = { color: v("--ink-2"), fontFamily: "Be Vietnam Pro", fontSize: 12 };
  const written = (n: number): string => n.toLocaleString(document.documentElement.lang === "en" ? "en" : "vi");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const axis = { type: "category" as const, data: t.labels, axisLabel: { ...text, width: lies ? 170 : undefined, overflow: "truncate" as const, hideOverlap: true }, axisTick: { show: false }, axisLine: { lineStyle: { color: v("--line-strong") } }, inverse: lies };
  const scale = { type: "value" as const, minInterval: 1, axisLabel: { ...text, formatter: written }, splitLine: { lineStyle: { color: v("--line") } } };
  const common = {
    textStyle: text, animation: !still, animationDuration: 250, animationDurationUpdate: 350,
    aria: { enabled: true, decal: { show: false } },
    tooltip: { trigger: (kind === "pie" ? "item" : "axis") as "item" | "axis", renderMode: "richText" as const, backgroundColor: v("--card"), borderColor: v("--line"), textStyle: { ...text, color: v("--ink") }, valueFormatter: (n: unknown) => written(Number(n)), axisPointer: { type: "shadow" as const, shadowStyle: { color: v("--sunk"), opacity: 0.5 } }, confine: true },
    legend: { show: t.series.length > 1 || kind === "pie", bottom: 0, textStyle: text, itemWidth: 12, itemHeight: 12, icon: "roundRect", type: "scroll" as const },
  };
  if (kind === "pie") {
    chart.setOption({ ...common, color: wheel, series: [{ type: "pie", radius: ["48%", "74%"], center: ["50%", "44%"], itemStyle: { borderColor: v("--card"), borderWidth: 2 }, label: { ...text, formatter: "{b}: {c}" },
      data: t.labels.map((name, i) => ({ name, value: t.series[0]?.marks[i].value ?? 0 })) }] }, { notMerge: false });
    return;
  }
  const color = (i: number, key?: string): string => (key && meant[key]) || (t.series.length === 1 ? v("--edge") : wheel[i % wheel.length]);
  chart.setOption({
    ...common,
    grid: { left: 4, right: 16, top: 12, bottom: common.legend.show ? 34 : 4, containLabel: true },
    xAxis: lies ? scale : axis, yAxis: lies ? axis : scale,
    series: t.series.map((s, i) => ({
      name: s.name, type: kind === "line" ? "line" : "bar", stack: stacked ? "all" : undefined, smooth: false, symbolSize: 7, barMaxWidth: 30, cursor: "pointer",
      itemStyle: { color: color(i, s.key), borderRadius: stacked || kind === "line" ? 0 : lies ? [0, 3, 3, 0] : [3, 3, 0, 0] },
      lineStyle: kind === "line" ? { color: color(i, s.key), width: 2 } : undefined, data: s.marks.map((m, n) => (t.hues[n] ? { value: m.value, itemStyle: { color: color(n, t.hues[n]) } } : m.value)),
    })),
  }, { notMerge: false });
}

export function charts(root: ParentNode): void {
  for (const figure of root.querySelectorAll<HTMLElement>("[data-chart]")) {
    const table = figure.querySelector("table");
    if (!table || figure.querySelector(".drawing")) continue;
    const place = document.createElement("div");
    place.className = "drawing";
    const rows = table.tBodies[0]?.rows.length ?? 0;
    place.style.height = `${["rows", "bar"].includes(figure.dataset.chart!) ? Math.max(160, rows * 30 + 60) : Number(figure.dataset.height ?? 280)}px`;
    const caption = figure.querySelector("figcaption");
    if (caption) caption.after(place);
    else figure.prepend(place);
    // Open for who runs no scripts; beside a drawing one opens it at will.
    const fold = figure.querySelector<HTMLDetailsElement>("details.twin");
    if (fold && !fold.dataset.ready) {
      fold.open = false;
      fold.dataset.ready = "1";
    }
    let t = twin(table);
    const chart = init(place, null, { renderer: "svg" });
    draw(chart, figure, t);
    // The drawing is for the eyes; the table beside it says the same to everyone.
    place.setAttribute("aria-hidden", "true");
    chart.on("click", (e) => {
      const link = t.series[e.seriesIndex ?? 0]?.marks[e.dataIndex]?.link ?? t.links[e.dataIndex];
      if (link) location.assign(link);
    });
    new ResizeObserver(() => chart.resize()).observe(place);
    const again = (): void => draw(chart, figure, (t = twin(table)));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
    void document.fonts?.ready.then(again);
  }
}
