//! A Stackport plugin in Rust. The host calls `describe` once, in a confined process.
mod stackport;

use stackport::Catalog;

// Plugin id and version as in manifest.in.json; the host compares.
stackport_plugin!("@PLUGIN@", "1.0.0", describe);

const SOURCE: &str = r#""source":"https://example.com/x8","as_of":"@TODAY@""#;

fn describe(catalog: &mut Catalog) -> Result<(), String> {
    for (name, units, slots) in [("x8-server", 6, 8), ("x4-server", 4, 4)] {
        catalog.component(&format!(
            r#"{{"schema":"stackport.component/1","id":"@VENDOR@/{name}",
                "name":"{title}","kind":"server",
                "summary":"{units}U air-cooled server for {slots} SXM5 accelerators.",
                "facts":{{
                  "rack_units":{{"value":{units},"unit":"U",{SOURCE}}},
                  "us_content":{{"unknown":"not published"}}}},
                "provides":[{{"capability":"accelerator-host",
                  "with":{{"accelerators":["nvidia/h100-sxm","nvidia/h200-sxm"],
                    "slots":{slots},"socket":["sxm5-hgx"],"slot_power":"700 W"}},{SOURCE}}}],
                "requires":[{{"capability":"site-cooling",
                  "where":[{{"attribute":"method","in":["air"]}}],"site_condition":true}}],
                "offers":[{{"deployment":["on_premises"]}}]}}"#,
            title = name.to_uppercase().replace("-SERVER", ""),
        ))?;
    }
    Ok(())
}
