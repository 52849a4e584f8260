# Two commands do everything on a fresh Debian or Ubuntu that has python3 (with its venv package), git and make:
#   make demo    environment, then the workbench with the sample office; says address and accounts
#   make test    environment, then lint and all tests
# 两条命令即可：make demo 试用，make test 检查。其余见 make help。

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# More than cores: those that wait for Java or a browser leave theirs to the others.
WORKERS ?= 3
PORT ?= 8000
REPORT_AS_OF ?= 2023-12-31
REPORT_PARAMETERS := $(wildcard examples/parameters.yaml)

BUILD_INPUTS := pyproject.toml hatch_build.py src/shouwang/__init__.py $(wildcard frontend/*.json frontend/*.mjs) \
	$(wildcard src/shouwang/locale/*/LC_MESSAGES/*.po)

# Where Python is told not to keep what it compiled, each of the hundred processes of the tests compiles all.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install demo report test test-postgres test-thorough lint format seeds docs screenshots lock messages clean

help: ## this list 本说明
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

install: $(VENV)/.built ## the environment in .venv 建立运行环境

$(VENV)/.locked: requirements.lock
	@sh scripts/check-python $(PYTHON)
	@echo "正在建立环境 .venv，约需三五分钟，其间没有输出 / building .venv, some minutes without output"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --quiet --require-hashes -r requirements.lock || { \
		echo "依赖没有装上。请看上面的原因；首次安装要能访问 Python 软件源，之后再执行一次。" >&2; \
		echo "The dependencies were not installed, see above. The first time a Python package index must be within reach; then run this again." >&2; \
		exit 1; }
	@touch $@

$(VENV)/.built: $(VENV)/.locked $(BUILD_INPUTS)
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: install ## the workbench with the sample office 用示例单位试用工作台
	@$(BIN)/shouwang demo --home out/demo-home --port $(PORT)

report: install ## scan the sample office, without workbench 扫描示例台账并给出报告
	@$(BIN)/shouwang scan examples/office --as-of $(REPORT_AS_OF) \
		$(if $(REPORT_PARAMETERS),--parameters $(REPORT_PARAMETERS)) --out out/report || [ $$? -le 2 ]
	@echo
	@echo "用浏览器打开报告 open the report in a browser:"
	@echo "  $(CURDIR)/out/report/report.html"
	@echo "看一条问题的来由 explain a finding:"
	@echo "  $(BIN)/shouwang explain $$(sed -n '2s/,.*/-0001/p' out/report/findings.csv) --out out/report"

test: lint ## lint and all tests, on SQLite and PostgreSQL 检查与全部测试
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup
	@$(MAKE) --no-print-directory test-postgres

# Without PostgreSQL on the machine this says so and goes on; SHOUWANG_POSTGRES=required makes that an error.
test-postgres: install ## the tests that touch the database, on PostgreSQL
	@$(BIN)/python -m tests.postgres $(BIN)/pytest --touching-database -n $(WORKERS) --dist loadgroup

# What takes minutes and shows little beyond the rest: before a release, and after changes to the engines.
test-thorough: install ## the tests that make test leaves out 其余的长测试
	@$(BIN)/pytest --thorough -m thorough

lint: install ## ruff, mypy, import contracts 代码检查
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: install ## lay out the code 整理代码格式
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

seeds: install ## requirements: tested, carried elsewhere, gaps 需求条目与测试
	@$(BIN)/python scripts/seeds.py $(SECTIONS)

docs: install ## the documentation in site/ 生成文档
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "文档 documentation: $(CURDIR)/site/index.html"

screenshots: report ## the pictures in docs/images 文档里的截图
	@$(BIN)/python scripts/screenshots.py

lock: $(VENV)/.locked ## resolve requirements.lock again 更新依赖锁定
	@CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
		--extra postgres --extra score --extra spark --extra dev --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
		--output-file requirements.lock $(LOCK_OPTIONS) pyproject.toml

messages: install ## collect messages for translation 提取待译文本
	@$(BIN)/python scripts/messages.py

clean: ## remove everything that was made 删除生成的一切
	rm -rf $(VENV) build dist site out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache \
		src/shouwang/risk/report/static/vendor src/shouwang/workbench/static/workbench/vendor tests/vendor spark-warehouse
	find src/shouwang/locale -name '*.mo' -delete
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
