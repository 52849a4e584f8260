"use strict";
// Pictures of the overview. Each has its table in the page, so a reader without them loses nothing.
const Charts = (() => {
  const SEVERITIES = ["high", "medium", "low"];
  const drawn = [];

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  // Patterns beside colours: the three severities stay apart in black and white and for colour-blind eyes.
  const decal = (severity) => ({
    high: { symbol: "none" },
    medium: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4, color: "rgba(255,255,255,.55)" },
    low: { symbol: "circle", symbolSize: 0.7, dashArrayX: [[5, 5], [0, 5, 5, 0]], dashArrayY: [5, 0], color: "rgba(255,255,255,.6)" },
  })[severity];

  function base(text) {
    const ink = colour("--muted");
    return {
      animation: false,
      aria: { enabled: true, decal: { show: true } },
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink },
      legend: { top: 0, left: 0, itemWidth: 22, textStyle: { color: ink }, selectedMode: false },
      tooltip: {
        trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { opacity: 0.08 } }, renderMode: "richText",
        backgroundColor: colour("--paper"), borderColor: colour("--line"), textStyle: { color: colour("--ink") },
      },
      grid: { left: 4, right: 44, top: 34, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      series: [],
      _text: text,
    };
  }

  const axis = (extra) => ({
    axisLine: { lineStyle: { color: colour("--line") } }, axisTick: { show: false },
    axisLabel: { color: colour("--muted") }, splitLine: { lineStyle: { color: colour("--line") } }, ...extra,
  });

  function stacked(data, text, horizontal) {
    const option = base(text);
    const names = axis({ type: "category", data: data.labels, inverse: horizontal });
    names.axisLabel = { ...names.axisLabel, width: horizontal ? 150 : undefined, overflow: "truncate", hideOverlap: true };
    names.splitLine = { show: false };
    const numbers = axis({ type: "value", minInterval: 1, splitNumber: 4 });
    option.xAxis = horizontal ? numbers : names;
    option.yAxis = horizontal ? names : numbers;
    const total = data.labels.map((_, i) => SEVERITIES.reduce((sum, s) => sum + data[s][i], 0));
    option.series = SEVERITIES.map((severity, k) => ({
      name: text.severity[severity], type: "bar", stack: "all", barMaxWidth: 22, data: data[severity],
      itemStyle: { color: colour(`--chart-${severity}`), decal: decal(severity) },
      label: k === 2 && horizontal
        ? { show: true, position: "right", color: colour("--ink"), formatter: (p) => (total[p.dataIndex] ? total[p.dataIndex].toLocaleString("en") : "") }
        : { show: false },
    }));
    return option;
  }

  function ranked(data, text) {
    const option = base(text);
    option.legend = { show: false };
    option.grid.top = 4;
    option.xAxis = axis({ type: "value", minInterval: 1, splitNumber: 4 });
    option.yAxis = axis({ type: "category", data: data.labels, inverse: true, splitLine: { show: false } });
    const narrow = window.innerWidth < 700;
    option.yAxis.axisLabel = { ...option.yAxis.axisLabel, width: narrow ? 130 : 190, overflow: "truncate" };
    option.series = [{
      name: text.count, type: "bar", barMaxWidth: 18, label: { show: true, position: "right", color: colour("--ink"), formatter: (p) => p.value.toLocaleString("en") },
      data: data.values.map((value, i) => ({
        value, itemStyle: { color: colour(`--chart-${data.severity[i]}`), decal: decal(data.severity[i]) },
      })),
    }];
    return option;
  }

  // Findings that are new, known or gone, one bar each.
  const kinds = { stacked: (d, t) => stacked(d, t, true), columns: (d, t) => stacked(d, t, false), ranked };

  function draw(charts, text, open) {
    for (const { chart } of drawn.splice(0)) chart.dispose();
    if (typeof echarts === "undefined") return;
    for (const place of document.querySelectorAll(".chart[data-chart]")) {
      const data = charts[place.dataset.chart];
      if (!data || !data.labels.length || !place.offsetWidth) continue;
      if (place.dataset.kind !== "columns") place.style.height = `${Math.max(120, 50 + data.labels.length * 30)}px`;
      const chart = echarts.init(place, null, { renderer: "svg" });
      const option = kinds[place.dataset.kind](data, text);
      delete option._text;
      chart.setOption(option);
      chart.on("click", (event) => {
        const query = data.links && data.links[event.dataIndex];
        if (query) open(query + (place.dataset.kind === "ranked" ? "" : `&severity=${SEVERITIES[event.seriesIndex]}`));
      });
      drawn.push({ chart, place });
    }
  }

  const resize = () => drawn.forEach(({ chart }) => chart.resize());
  return { draw, resize };
})();
