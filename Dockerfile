# The gateway's image: its jar on a Java runtime of the modules that it needs, without a shell.
# First `mvn -DskipTests package`, so that the image holds the jar that was built and tested, then
#   docker build --build-arg VERSION="$(java -jar target/vestibule.jar --version | cut -d' ' -f2)" --build-arg REVISION="$(git rev-parse HEAD)" -t vestibule .
# Its base images are arguments. What stands in for them where none can be pulled: .ci/image

# Linux with glibc, a shell, binutils, and a JDK 25 with jlink on the PATH, of the target's architecture.
ARG JDK_IMAGE=docker.io/library/eclipse-temurin:25.0.3_9-jdk-noble
# glibc, a user 65532, and as little else as can be.
ARG BASE_IMAGE=gcr.io/distroless/base-nossl-debian12:nonroot

FROM ${JDK_IMAGE} AS build
# amd64 or arm64. BuildKit, buildah and podman set it to what they build for.
ARG TARGETARCH
WORKDIR /build

COPY src/main/container/ ./

# The options become part of the runtime, so that those of JDK_JAVA_OPTIONS come after them and win.
RUN set -eu; \
    jlink --add-modules "$(grep -v '^#' modules.list | paste -sd,)" \
      --add-options "$(grep -v '^#' jvm.options | paste -sd' ')" \
      --compress zip-6 --strip-java-debug-attributes --no-header-files --no-man-pages --output /opt/java; \
    rm /opt/java/lib/classlist /opt/java/lib/jrt-fs.jar

# Out of the jar goes what this image loads from a fixed place or never: libraries for every platform, Redis, the tables of
# a signature scheme that nothing here knows, and classes that have a form for later releases.
COPY target/vestibule.jar ./
RUN set -eu; \
    mkdir jar /opt/vestibule; cd jar; jar --extract --file ../vestibule.jar; \
    rm -r META-INF/native META-INF/maven com/amazon/corretto/crypto/provider/libamazon* redis-server-* \
      org/bouncycastle/pqc/legacy/picnic/*.properties; \
    for release in $(ls META-INF/versions | sort -n); do cp -r "META-INF/versions/$release/." .; done; \
    rm -r META-INF/versions; \
    jar --create --file /opt/vestibule/vestibule.jar --manifest META-INF/MANIFEST.MF \
      --date 1980-01-01T12:00:00Z -C . .

COPY target/natives/${TARGETARCH}/ natives/
RUN set -eu; \
    mkdir /opt/vestibule/natives; find natives -name '*.so' -exec mv --target-directory=/opt/vestibule/natives {} +; \
    strip --strip-unneeded /opt/vestibule/natives/*.so

# A class archive holds for a jar of this very time, which must be the one that the file has in the image.
RUN set -eu; \
    find /opt/java /opt/vestibule -exec touch --no-dereference --date=@0 {} +; \
    /opt/java/bin/java -Xshare:dump -XX:SharedClassListFile=classes.list -Xlog:cds=off -Xlog:aot=off \
      -jar /opt/vestibule/vestibule.jar; \
    touch --date=@0 /opt/vestibule/vestibule.jsa /opt/vestibule

FROM ${BASE_IMAGE}
ARG BASE_IMAGE
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Vestibule" \
      org.opencontainers.image.description="A gateway between delivery couriers and the doors of apartment buildings" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="${BASE_IMAGE}"

COPY --from=build /opt/java /opt/java
COPY --from=build /opt/vestibule /opt/vestibule
COPY LICENSE /opt/vestibule/

USER 65532:65532
WORKDIR /
EXPOSE 8080 8443 8883 9090
STOPSIGNAL SIGTERM
# Liveness, as whoever acts on it restarts the container: without Redis a gateway keeps its doors, and must stay.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["/opt/java/bin/java", "-Xms8m", "-Xmx32m", "-XX:TieredStopAtLevel=1", "-jar", "/opt/vestibule/vestibule.jar", \
       "health", "--config", "/etc/vestibule/vestibule.yaml"]
ENTRYPOINT ["/opt/java/bin/java", "-jar", "/opt/vestibule/vestibule.jar"]
CMD ["serve", "--config", "/etc/vestibule/vestibule.yaml"]
