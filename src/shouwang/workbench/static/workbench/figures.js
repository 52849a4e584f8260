"use strict";
// Draws each figure from the numbers that stand in the page beside it. Without it the tables are there.
(() => {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  // Patterns beside colours: kinds stay apart in black and white and for colour-blind eyes.
  const light = "rgba(255,255,255,.6)";
  const patterns = [
    { symbol: "none" },
    { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4, color: light },
    { symbol: "circle", symbolSize: 0.7, dashArrayX: [[5, 5], [0, 5, 5, 0]], dashArrayY: [5, 0], color: light },
    { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4, color: light },
  ];
  const colours = {
    high: "--sw-chart-high", medium: "--sw-chart-medium", low: "--sw-chart-low", found: "--sw-chart-high",
    closed: "--sw-chart-mono", value: "--sw-chart-mono", target: "--sw-chart-medium",
  };
  const ink = () => colour("--sw-ink");

  function axis(extra) {
    return {
      axisLine: { lineStyle: { color: colour("--sw-line") } }, axisTick: { show: false },
      axisLabel: { color: colour("--sw-muted") }, splitLine: { lineStyle: { color: colour("--sw-line") } }, ...extra,
    };
  }

  function option(data, width) {
    const beside = data.kind === "stacked" || data.kind === "ranked";
    const names = axis({ type: "category", data: data.labels, inverse: beside, splitLine: { show: false } });
    if (beside) names.axisLabel = { ...names.axisLabel, width: Math.min(190, width * 0.36), overflow: "truncate" };
    else names.axisLabel = { ...names.axisLabel, hideOverlap: true };
    const numbers = axis({ type: "value", minInterval: data.whole === false ? undefined : 1, splitNumber: 4 });
    const total = data.labels.map((_, i) => data.series.reduce((sum, each) => sum + (each.values[i] || 0), 0));
    const last = data.series.length - 1;
    return {
      animation: false,
      aria: { enabled: false, decal: { show: true } },
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("--sw-muted") },
      legend: { show: data.series.length > 1, top: 0, left: 0, itemWidth: 20, textStyle: { color: colour("--sw-muted") }, selectedMode: false },
      tooltip: {
        trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { opacity: 0.08 } }, renderMode: "richText", confine: true,
        backgroundColor: colour("--sw-paper"), borderColor: colour("--sw-line"), textStyle: { color: ink() },
      },
      grid: { left: 4, right: beside ? 46 : 10, top: data.series.length > 1 ? 30 : 6, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: beside ? numbers : names,
      yAxis: beside ? names : numbers,
      series: data.series.map((each, k) => ({
        name: each.label,
        type: data.kind === "lines" ? "line" : "bar",
        stack: data.kind === "stacked" ? "all" : undefined,
        barMaxWidth: 20,
        data: each.values,
        symbol: ["circle", "rect", "triangle", "diamond"][k % 4],
        symbolSize: 7,
        lineStyle: { type: k ? "dashed" : "solid", width: 2 },
        itemStyle: { color: colour(colours[each.key] || "--sw-chart-mono"), decal: patterns[k % patterns.length] },
        label: beside && k === last ? {
          show: true, position: "right", color: ink(),
          formatter: (point) => (total[point.dataIndex] ? total[point.dataIndex].toLocaleString("en") : ""),
        } : { show: false },
      })),
    };
  }

  const drawn = new Map();
  function draw(place) {
    const source = document.getElementById(place.dataset.figure);
    if (!source || typeof echarts === "undefined" || !place.offsetWidth) return;
    const data = JSON.parse(source.textContent);
    if (data.kind === "stacked" || data.kind === "ranked") place.style.height = `${Math.max(96, 44 + data.labels.length * 27)}px`;
    const chart = drawn.get(place) || echarts.init(place, null, { renderer: "svg" });
    chart.setOption(option(data, place.offsetWidth), true);
    chart.resize();
    if (!drawn.has(place)) {
      chart.on("click", (event) => { if (data.links[event.dataIndex]) location.assign(data.links[event.dataIndex]); });
      place.classList.toggle("sw-chart-links", data.links.some(Boolean));
    }
    drawn.set(place, chart);
  }
  const all = () => document.querySelectorAll(".sw-chart[data-figure]").forEach(draw);
  all();
  let waiting;
  window.addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(all, 120); });
  window.addEventListener("beforeprint", all);
})();
