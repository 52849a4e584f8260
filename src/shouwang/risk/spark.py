"""A Spark session for the engine, on this machine or a cluster.

Spark and Java are no part of the plain installation: ``pip install 'shouwang[spark]'`` and a
Java 17 runtime are asked for when they are absent.
"""

from __future__ import annotations

import os
import shutil
from typing import Any


def session(memory: str | None = None) -> Any:
    """The session of ``SPARK_MASTER`` or, without it, of all cores of this machine.

    Raises ``RuntimeError`` with advice when PySpark or Java is missing.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise RuntimeError("没有安装 PySpark：请运行 pip install 'shouwang[spark]'") from error
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise RuntimeError(
            "没有找到 Java：Spark 需要 Java 17，请安装 openjdk-17-jre-headless 或设置 JAVA_HOME"
        )
    builder = (
        SparkSession.builder.appName("shouwang")
        .master(os.environ.get("SPARK_MASTER", "local[*]"))
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.shuffle.partitions", os.environ.get("SPARK_SHUFFLE_PARTITIONS", "8"))
    )
    if memory:
        builder = builder.config("spark.driver.memory", memory.lower().removesuffix("b"))
    return builder.getOrCreate()
