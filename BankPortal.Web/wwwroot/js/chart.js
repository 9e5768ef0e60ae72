// Draws charts with ApexCharts from the description that ApexChart.razor sends. Adds what cannot be sent: colours of the
// current theme and functions that format numbers and dates in the reader's culture.
//
// The library is large, so it is fetched when the first chart comes into view and the browser has nothing better to do; each chart is drawn in a
// moment of its own. Until then its place is kept free, and the table is there.

const nearlyInView = "200px 0px";
const longestWait = 2000;

const idle = () => new Promise(resolve => window.requestIdleCallback ? requestIdleCallback(resolve, { timeout: longestWait }) : setTimeout(resolve, 50));

const inView = element => new Promise(resolve => {
  const observer = new IntersectionObserver(entries => {
    if (entries.some(entry => entry.isIntersecting)) {
      observer.disconnect();
      resolve();
    }
  }, { rootMargin: nearlyInView });
  observer.observe(element);
});

// One after the other, with a pause in which the browser can answer the person.
let drawing = Promise.resolve();
const inTurn = draw => drawing = drawing.catch(() => { }).then(idle).then(draw);

const day = 24 * 60 * 60 * 1000;

// light-dark() in a custom property is resolved only where a colour is used: so use it.
function readColours(element) {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.appendChild(probe);
  const colour = name => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    series: [1, 2, 3, 4, 5].map(number => colour(`--chart-${number}`)),
    text: colour("--ink-3"),
    ink: colour("--ink"),
    grid: colour("--chart-grid"),
    line: colour("--line"),
    surface: colour("--surface"),
  };
  probe.remove();
  return colours;
}

function numberFormat(format, whole) {
  const decimals = whole ? { minimumFractionDigits: 0, maximumFractionDigits: 0 }
    : { minimumFractionDigits: format.decimals, maximumFractionDigits: format.decimals };
  switch (format.unit) {
    case "money":
      return new Intl.NumberFormat(format.culture, { style: "currency", currency: format.currency, currencyDisplay: "narrowSymbol", ...decimals });
    case "percent":
      return new Intl.NumberFormat(format.culture, { style: "percent", ...decimals });
    default:
      return new Intl.NumberFormat(format.culture, decimals);
  }
}

function formatters(format, series) {
  const exact = numberFormat(format, false);
  const whole = numberFormat(format, true);
  const compact = new Intl.NumberFormat(format.culture, format.unit === "money"
    ? { style: "currency", currency: format.currency, currencyDisplay: "narrowSymbol", notation: "compact", maximumFractionDigits: 1 }
    : { notation: "compact", maximumFractionDigits: 1 });
  const values = series.flatMap(one => one?.data ? one.data.map(point => point.y) : one).filter(Number.isFinite);
  const largest = Math.max(0, ...values.map(Math.abs));
  const axis = format.unit === "percent" ? exact : largest >= 100000 ? compact : largest >= 20 ? whole : exact;

  const times = format.dates ? series.flatMap(one => one.data.map(point => point.x)) : [];
  const span = times.length ? Math.max(...times) - Math.min(...times) : 0;
  const date = options => new Intl.DateTimeFormat(format.culture, { timeZone: "UTC", ...options });
  const tick = span > 500 * day ? date({ month: "short", year: "numeric" })
    : span > 2 * day ? date({ day: "numeric", month: "short" })
    : date({ hour: "2-digit", minute: "2-digit" });
  const full = span > 2 * day ? date({ day: "numeric", month: "short", year: "numeric" })
    : date({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", ...(format.seconds ? { second: "2-digit" } : {}) });

  const number = formatter => value => typeof value === "number" && Number.isFinite(value) ? formatter.format(value).replace(/^-/, "\u2212") : "";
  const moment = formatter => (value, timestamp) => {
    const time = typeof timestamp === "number" ? timestamp : Number(value);
    return Number.isFinite(time) ? formatter.format(time) : String(value ?? "");
  };

  return { exact: number(exact), axis: number(axis), tick: moment(tick), full: moment(full) };
}

function configure(element, model) {
  const colours = readColours(element);
  const show = formatters(model.format, model.series);
  const isDonut = model.options.chart.type === "donut";

  // On very large screens the page's text grows; the drawing grows with it.
  const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
  const size = pixels => `${Math.round(pixels * scale)}px`;
  const stroke = width => Array.isArray(width) ? width.map(stroke) : width * scale;
  const isHorizontal = model.options.plotOptions?.bar?.horizontal === true;
  const isDark = getComputedStyle(element).colorScheme === "dark"
    || (document.documentElement.dataset.theme || "system") === "system" && matchMedia("(prefers-color-scheme: dark)").matches;
  const label = { style: { colors: colours.text, fontSize: size(12), fontFamily: "inherit" } };
  const title = axis => ({ ...axis?.title, style: { color: colours.text, fontSize: size(12), fontWeight: 500, fontFamily: "inherit" } });
  const valueAxis = { ...label, formatter: show.axis };

  const options = {
    ...model.options,
    series: model.series,
    colors: colours.series,
    chart: {
      ...model.options.chart,
      height: model.options.chart.height * scale,
      animations: { enabled: false },
      toolbar: { show: false },
      zoom: { enabled: false },
      selection: { enabled: false },
      background: "transparent",
      fontFamily: "inherit",
      foreColor: colours.text,
      parentHeightOffset: 0,
    },
    stroke: { ...model.options.stroke, width: stroke(model.options.stroke.width) },
    theme: { mode: isDark ? "dark" : "light" },
    dataLabels: { enabled: false },
    markers: { size: 0, hover: { size: 5 }, strokeColors: colours.surface },
    states: { active: { filter: { type: "none" } }, hover: { filter: { type: "none" } } },
    fill: model.options.chart.type === "area"
      ? { type: "gradient", gradient: { shade: isDark ? "dark" : "light", opacityFrom: 0.28, opacityTo: 0.02, stops: [0, 100] } }
      : { type: "solid", opacity: 1 },
    legend: {
      ...model.options.legend,
      horizontalAlign: "left",
      fontSize: size(13),
      fontFamily: "inherit",
      offsetX: -8,
      labels: { colors: colours.ink },
      markers: { size: 6, shape: "square", strokeWidth: 0, offsetX: -4 },
      itemMargin: { horizontal: 10, vertical: 4 },
    },
    grid: { borderColor: colours.grid, strokeDashArray: 0, padding: { left: 8, right: 8, top: 0, bottom: 0 }, xaxis: { lines: { show: isHorizontal } }, yaxis: { lines: { show: !isHorizontal } } },
    tooltip: { theme: isDark ? "dark" : "light", shared: !isDonut && !isHorizontal, intersect: isHorizontal, style: { fontFamily: "inherit" }, y: { formatter: show.exact } },
    noData: { text: "Nothing to show yet", style: { color: colours.text, fontFamily: "inherit" } },
  };

  // A narrow page has no room beside a ring.
  if (isDonut && element.clientWidth < 420 * scale && options.legend.position === "right") {
    options.legend.position = "bottom";
    options.chart.height += 100;
  }

  if (isDonut && options.legend.position === "bottom") {
    // The library measures names without their amounts, so that the last lines would stand below the drawing.
    const inOneLine = Math.max(1, Math.floor(element.clientWidth / (200 * scale)));
    options.legend.height = Math.ceil(model.labels.length / inOneLine) * 28 * scale;
  }

  if (isDonut) {
    options.labels = model.labels;
    options.stroke = { width: stroke(2), colors: [colours.surface] };
    options.legend.formatter = (name, context) => `${name}: ${show.exact(context.w.globals.series[context.seriesIndex])}`;
    const total = { show: true, showAlways: true, label: "Total", color: colours.text, fontSize: size(13), fontFamily: "inherit",
      formatter: context => show.exact(context.globals.seriesTotals.reduce((sum, value) => sum + value, 0)) };
    options.plotOptions = { pie: { expandOnClick: false, donut: { size: "70%", labels: {
      show: true, total,
      name: { show: true, color: colours.text, fontSize: size(13), fontFamily: "inherit", fontWeight: 400, offsetY: -4 * scale },
      value: { show: true, color: colours.ink, fontSize: size(20), fontFamily: "inherit", fontWeight: 600, offsetY: 4 * scale, formatter: value => show.exact(Number(value)) },
    } } } };
  } else {
    options.xaxis = {
      ...model.options.xaxis,
      title: title(model.options.xaxis),
      labels: { ...label, datetimeUTC: true, hideOverlappingLabels: true, rotate: 0, ...(isHorizontal ? { formatter: show.axis } : model.format.dates ? { formatter: show.tick } : {}) },
      axisBorder: { color: colours.line },
      axisTicks: { show: false },
      tooltip: { enabled: false },
      crosshairs: { stroke: { color: colours.text, dashArray: 3 } },
    };
    options.yaxis = { ...model.options.yaxis, title: title(model.options.yaxis), forceNiceScale: true, labels: isHorizontal ? { ...label, maxWidth: 200 } : valueAxis };
    if (model.format.dates) {
      options.tooltip.x = { formatter: show.full };
    }

    if (options.plotOptions?.bar) {
      options.plotOptions = { bar: { ...options.plotOptions.bar, borderRadius: 2, borderRadiusApplication: "end" } };
    }
  }

  return options;
}

/**
 * Makes a drawing, which appears as soon as it is in view. The model and its changes come as text, see ApexChart.razor.cs;
 * `library` is the address of ApexCharts.
 */
export function create(element, text, library) {
  // The page may be left while the drawing is on its way.
  if (!element?.isConnected) {
    return { update() { }, extend() { }, dispose() { } };
  }

  const model = JSON.parse(text);
  let current = model;
  let chart = null;
  let gone = false;
  const isHere = () => !gone && element.isConnected;

  // One after the other: the library loses its way when updates overtake each other.
  let last = Promise.resolve();
  const redraw = () => {
    last = last.then(async () => {
      if (chart && isHere()) {
        await chart.updateOptions(configure(element, current), false, false, false);
      }
    });
    return last;
  };

  const start = async () => {
    await inView(element);
    await idle();
    const { default: ApexCharts } = await import(library);
    await inTurn(() => {
      last = last.then(async () => {
        if (isHere()) {
          const made = new ApexCharts(element, configure(element, current));
          await made.render();
          chart = made;
        }
      });
      return last;
    });
  };

  start().catch(error => {
    console.error(error);
    if (isHere()) {
      element.textContent = "The drawing could not be shown. The table has the same figures.";
    }
  });

  // A bar, slice or point leads to what is behind it. Keyboards have the links of the table.
  const shape = () => current.options.chart.type;
  const isLine = () => shape() === "area" || shape() === "line";
  const mark = () => {
    if (current.links) {
      element.dataset.links = isLine() ? "points" : "parts";
    } else {
      delete element.dataset.links;
    }
  };
  const behind = target => {
    const path = target.closest("path[j]");
    if (isLine()) {
      return target.closest(".apexcharts-inner") ? current.links[0][chart?.w.globals.capturedDataPointIndex] : null;
    }

    return path ? current.links[shape() === "donut" ? 0 : Number(path.getAttribute("index"))]?.[Number(path.getAttribute("j"))] : null;
  };
  const onClick = event => {
    const address = current.links && event.target instanceof Element ? behind(event.target) : null;
    if (!address?.startsWith("/")) {
      return;
    }

    if (event.ctrlKey || event.metaKey) {
      window.open(address, "_blank", "noopener");
    } else {
      window.Blazor?.navigateTo(address);
    }
  };
  element.addEventListener("click", onClick);
  mark();

  const onTheme = () => { redraw(); };
  document.addEventListener("bankportal:theme", onTheme);

  return {
    update(next) {
      current = JSON.parse(next);
      mark();
      return redraw();
    },
    // The window moved on: points left at the beginning, some are new or have changed at the end.
    extend(news) {
      const change = JSON.parse(news);
      current = { ...current, series: current.series.map((one, index) =>
        ({ ...one, data: one.data.slice(change.dropped, change.dropped + change.kept).concat(change.tails[index]) })) };
      return redraw();
    },
    dispose() {
      gone = true;
      document.removeEventListener("bankportal:theme", onTheme);
      element.removeEventListener("click", onClick);
      chart?.destroy();
    },
  };
}
